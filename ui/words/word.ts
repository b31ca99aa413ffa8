/** A text of a catalogue with `{parameters}`; or one for each plural of `{count}`. */
export type Word = string | { readonly one: string; readonly other: string };
export type Params = Readonly<Record<string, string | number>>;

/**
 * The text with its parameters; `undefined` where one of them is not given. What stands in brackets is left out where
 * one of its own is not, as the server does it (`lib/findings/finding-text.ts`).
 */
export function fill(text: string, params: Params, show: (value: number) => string): string | undefined {
  const isLacking = (part: string): boolean => namesIn(part).some((name) => !Object.hasOwn(params, name));
  const whole = text.replace(/\[([^\]]*)\]/g, (_, part: string) => (isLacking(part) ? '' : part));
  if (isLacking(whole)) return undefined;
  return whole.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name] ?? '';
    return typeof value === 'number' ? show(value) : value;
  });
}

function namesIn(text: string): readonly string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
}

export function choosePlural(word: Word, params: Params, rules: Intl.PluralRules): string {
  if (typeof word === 'string') return word;
  return rules.select(Number(params.count ?? 0)) === 'one' ? word.one : word.other;
}
