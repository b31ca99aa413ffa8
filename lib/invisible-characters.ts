/**
 * Characters that show nothing: what Unicode calls default-ignorable (zero-width characters, soft hyphens,
 * bidirectional controls, the byte order mark, tags, variation selectors) and the marks of annotations.
 */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/u;
const ALL_INVISIBLE = new RegExp(INVISIBLE.source, 'gu');

/** The first invisible character of a text, as `U+200B`. */
export function findInvisible(text: string): string | undefined {
  const [found] = INVISIBLE.exec(text) ?? [];
  return found === undefined ? undefined : toCodePoint(found);
}

/** The text with something else in the place of each invisible character. */
export function replaceInvisible(text: string, toOther: (character: string) => string): string {
  return text.replace(ALL_INVISIBLE, toOther);
}

export function withoutInvisible(text: string): string {
  return text.replace(ALL_INVISIBLE, '');
}

/** The text with what is invisible in it written out, for messages: `"mail<U+200B>"`. */
export function showInvisible(text: string): string {
  return text.replace(ALL_INVISIBLE, (character) => `<${toCodePoint(character)}>`);
}

function toCodePoint(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}
