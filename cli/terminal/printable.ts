import { replaceInvisible } from '../../lib/invisible-characters.js';

/** Control characters and line ends of Unicode: a directory's text must not steer a terminal. */
const CONTROL = /[\p{Cc}\u2028\u2029]/gu;
const MARK = '\ufffd';
/** East Asian wide characters, full-width forms, and emoji. */
const WIDE =
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
const ZERO_WIDTH = /[\p{Mn}\p{Me}\p{Cf}]/u;

/** A text from outside, safe to be printed on one line. */
export function toPrintable(text: string): string {
  return replaceInvisible(text.replace(CONTROL, MARK), () => MARK);
}

/** How many columns of a terminal a text takes. */
export function toWidth(text: string): number {
  let width = 0;
  for (const character of text.normalize('NFC'))
    width += ZERO_WIDTH.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return width;
}

/** Fills up with spaces, or cuts off with `…`, to exactly that many columns. */
export function toColumns(text: string, columns: number): string {
  const width = toWidth(text);
  if (width <= columns) return text + ' '.repeat(columns - width);
  let cut = '';
  for (const character of text) {
    if (toWidth(cut + character) > columns - 1) break;
    cut += character;
  }
  return `${cut}…${' '.repeat(columns - 1 - toWidth(cut))}`;
}
