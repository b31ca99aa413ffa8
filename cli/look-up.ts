/** What a table has under a key that comes from outside; never what every object has, such as `constructor`. */
export function lookUp<Value>(
  table: Readonly<Record<string | number, Value>>,
  key: string | number | undefined,
): Value | undefined {
  return key !== undefined && Object.hasOwn(table, key) ? table[key] : undefined;
}
