/** A text of a catalogue with `{parameters}`; or one for each plural of `{count}`. */
export type Word = string | { readonly one: string; readonly other: string };
export type Params = Readonly<Record<string, string | number>>;

/** The text with its parameters; `undefined` where one of them is not given. */
export function fill(text: string, params: Params, show: (value: number) => string): string | undefined {
  const names = [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  if (names.some((name) => params[name] === undefined)) return undefined;
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name] ?? '';
    return typeof value === 'number' ? show(value) : value;
  });
}

export function choosePlural(word: Word, params: Params, rules: Intl.PluralRules): string {
  if (typeof word === 'string') return word;
  return rules.select(Number(params.count ?? 0)) === 'one' ? word.one : word.other;
}
