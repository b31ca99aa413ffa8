import { withoutInvisible } from '../invisible-characters.js';
import { toComposed } from './name-keys.js';

/** What a text is for, which says what is taken out of it. */
export type TextKind =
  /** A display name: everything that is spelling stays. */
  | 'name'
  /** A user name or an extension: nothing invisible stays. */
  | 'plain'
  /** An address is refused rather than mended: what is left out might make it somebody else's. */
  | 'address'
  /** The input of a variable: everything stays, blanks and ends of lines too. */
  | 'raw';

/** The text as it is stored; may be empty. Composed (NFC), so that a server's encoding is no difference. */
export const CLEAN: Readonly<Record<TextKind, (text: string) => string>> = {
  name: (text) => (isSimple(text) ? text.trim() : trimBlanks(withoutNoise(toComposed(text)))),
  plain: (text) => (isSimple(text) ? text.trim() : trimBlanks(withoutInvisible(toComposed(text)))),
  address: (text) => (isSimple(text) ? text.trim() : text.replace(EDGES, '')),
  raw: (text) => (isSimple(text) ? text : toComposed(text)),
};

/** Printable ASCII without runs of blanks: most texts by far. */
function isSimple(text: string): boolean {
  return /^(?:[!-~]| (?! ))*$/.test(text);
}

/** Not U+FEFF, which `\s` has too: it is invisible, and no blank between words. */
const BLANKS = /(?:(?!\ufeff)[\s\u0085])+/gu;
const EDGES = /^(?:(?!\ufeff)[\s\u0085])+|(?:(?!\ufeff)[\s\u0085])+$/gu;

function trimBlanks(text: string): string {
  return text.replace(BLANKS, ' ').trim();
}

/** A flag of a region: a black flag, tags, and the tag that ends it. */
const FLAG = '\\u{1f3f4}[\\u{e0020}-\\u{e007e}]+\\u{e007f}';
/**
 * Invisible characters that are spelling: joiners (Persian, Hindi, emoji), variation selectors (emoji,
 * Japanese and Mongolian names), the vowel separator of Mongolian, fillers of old Hangul.
 */
const SPELLING = [
  '\\u200c|\\u200d',
  '[\\ufe00-\\ufe0f]|[\\u{e0100}-\\u{e01ef}]',
  '[\\u180b-\\u180f]|\\u034f|\\u115f|\\u1160',
].join('|');
const NOISE = new RegExp(
  `(${FLAG})|(?!${SPELLING})(?:\\p{Default_Ignorable_Code_Point}|[\\ufff9-\\ufffb])`,
  'gu',
);
/** Spelling needs a character before it. */
const AT_START = new RegExp(`(^|[\\s\\u0085])(?:${SPELLING})+`, 'gu');
/** A joiner joins nothing at the end of a word, except behind a vowel sign. */
const AT_END = /(?<!\p{M}|\u200c|\u200d)(?:\u200c|\u200d)+(?=[\s\u0085]|$)/gu;

function withoutNoise(text: string): string {
  return text
    .replace(NOISE, (_, flag: string | undefined) => flag ?? '')
    .replace(AT_START, '$1')
    .replace(AT_END, '');
}
