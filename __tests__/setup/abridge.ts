const LONGEST = 60;

/** A value as a test's title tells it: what is long is cut, and its length said. */
export function abridge(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST / 2)}… (${text.length} characters)`;
}
