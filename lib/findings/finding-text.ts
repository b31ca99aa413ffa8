/**
 * A text with values by name in braces. What stands in brackets is left out where one of its own values is missing, so
 * that one text serves a sentence with and without a part of it.
 */
type NamesIn<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never;
type NeededIn<Text extends string> = Text extends `${infer Before}[${string}]${infer Rest}`
  ? NamesIn<Before> | NeededIn<Rest>
  : NamesIn<Text>;
type OptionalIn<Text extends string> = Text extends `${string}[${infer Part}]${infer Rest}`
  ? NamesIn<Part> | OptionalIn<Rest>
  : never;

type Value = string | number;

/** The values that a text needs, and those that it may have. */
export type ValuesOf<Text extends string> = { readonly [Name in NeededIn<Text>]: Value } & {
  readonly [Name in OptionalIn<Text>]?: Value | undefined;
};

/** The values in a text, by name. A list is one text, its items separated by `, `. */
export type FindingParams = Readonly<Record<string, Value>>;

/** Values are put in at once: what looks like a place for a value in one of them stays as it is. */
export function fillText(text: string, params: FindingParams): string {
  const has = (name: string): boolean => Object.hasOwn(params, name);
  const whole = text.replace(/\[([^\]]*)\]/g, (_, part: string) => (namesIn(part).every(has) ? part : ''));
  return whole.replace(/\{(\w+)\}/g, (place, name: string) => (has(name) ? String(params[name]) : place));
}

export function namesIn(text: string): readonly string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
}

/** Without the values that are missing. */
export function toParams(values: Readonly<Record<string, Value | undefined>>): FindingParams {
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as FindingParams;
}
