/** A text of a catalogue with `{parameters}`; or one for each plural of `{count}`. */
export type Word = string | { readonly one: string; readonly other: string };
export type Params = Readonly<Record<string, string | number>>;

/** The text with its parameters; `undefined` where one of them is not given. */
export function fill(text: string, params: Params, show: (value: number) => string): string | undefined {
  let isWhole = true;
  const filled = text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined) isWhole = false;
    return typeof value === 'number' ? show(value) : (value ?? '');
  });
  return isWhole ? filled : undefined;
}

export function choosePlural(word: Word, params: Params, rules: Intl.PluralRules): string {
  if (typeof word === 'string') return word;
  return rules.select(Number(params.count ?? 0)) === 'one' ? word.one : word.other;
}
