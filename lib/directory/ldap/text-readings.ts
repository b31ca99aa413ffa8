/**
 * Everything that a text may be an encoding of. Most readings of most texts are nonsense, which does no harm.
 */
export function toReadings(text: string): readonly string[] {
  return [
    ...new Set([
      Array.from(text).reverse().join(''),
      toUnescapedPercent(text),
      toUnescapedEntities(text),
      toUnescapedBackslashes(text),
      toUnescapedBytes(text),
      toCharactersOfNumbers(text, 10),
      toCharactersOfNumbers(text, 16),
      toCharactersOfNumbers(text, 8),
      toRotated(text),
      ...toPacked(text.replace(/[-_]/g, ''), BASE64),
      ...toPacked(text.replace(/-/g, '+').replace(/_/g, '/'), BASE64),
      ...toPacked(text.toUpperCase(), BASE32),
      ...toPacked(text.toLowerCase().replace(/0x|\\x|&#x|u00/g, ''), HEX),
    ]),
  ].filter((reading) => reading !== text);
}

interface Packing {
  readonly alphabet: string;
  readonly bits: number;
  /** Where the first character of a group may stand. */
  readonly offsets: number;
}

const BASE64: Packing = {
  alphabet: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
  bits: 6,
  offsets: 4,
};
const BASE32: Packing = { alphabet: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', bits: 5, offsets: 8 };
const HEX: Packing = { alphabet: '0123456789abcdef', bits: 4, offsets: 2 };

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  apos: "'",
  ast: '*',
  bsol: '\\',
  colon: ':',
  comma: ',',
  commat: '@',
  dollar: '$',
  equals: '=',
  excl: '!',
  gt: '>',
  lowbar: '_',
  lpar: '(',
  lt: '<',
  num: '#',
  percnt: '%',
  period: '.',
  plus: '+',
  quest: '?',
  quot: '"',
  rpar: ')',
  semi: ';',
  sol: '/',
};

/**
 * Decodes the characters of an alphabet to bytes; it skips all others, and tries every place where a group
 * may begin.
 */
function* toPacked(text: string, { alphabet, bits, offsets }: Packing): Generator<string> {
  const values: number[] = [];
  for (const character of text) {
    const value = alphabet.indexOf(character);
    if (value >= 0) values.push(value);
  }
  for (let offset = 0; offset < offsets; offset += 1) {
    const bytes: number[] = [];
    let pending = 0;
    let count = 0;
    for (const value of values.slice(offset)) {
      pending = ((pending << bits) | value) & 0xffff;
      count += bits;
      if (count < 8) continue;
      count -= 8;
      bytes.push((pending >> count) & 0xff);
    }
    const decoded = Buffer.from(bytes);
    yield decoded.toString('utf8');
    yield decoded.toString('latin1');
  }
}

/** URL, form and quoted-printable encoding. */
function toUnescapedPercent(text: string): string {
  const joined = text.replace(/\+/g, ' ').replace(/=\r?\n/g, '');
  return toUnescapedHex(joined, /[%=]([0-9a-f]{2})/gi);
}

function toUnescapedEntities(text: string): string {
  return text
    .replace(/&#x([0-9a-f]{1,6});?/gi, (_, hex: string) => toCharacter(Number.parseInt(hex, 16)))
    .replace(/&#(\d{1,7});?/g, (_, decimal: string) => toCharacter(Number(decimal)))
    .replace(/&([a-z]+);?/gi, (_, name: string) => ENTITIES[name.toLowerCase()] ?? '');
}

/** JSON, JavaScript, C, shell. */
function toUnescapedBackslashes(text: string): string {
  return text
    .replace(/\\u\{?([0-9a-f]{1,6})\}?/gi, (_, hex: string) =>
      toCharacter(Number.parseInt(hex.slice(0, 6), 16)),
    )
    .replace(/\\x([0-9a-f]{2})/gi, (_, hex: string) => toCharacter(Number.parseInt(hex, 16)))
    .replace(/\\([0-7]{3})/g, (_, octal: string) => toCharacter(Number.parseInt(octal, 8)))
    .replace(/\\(.)/gs, '$1');
}

/** LDAP's own escapes, of filters and DNs. */
function toUnescapedBytes(text: string): string {
  return toUnescapedHex(text, /\\([0-9a-f]{2})/gi);
}

/** A list of character codes. */
function toCharactersOfNumbers(text: string, base: 8 | 10 | 16): string {
  const numbers = text.match({ 8: /[0-7]+/g, 10: /\d+/g, 16: /[0-9a-f]+/gi }[base]) ?? [];
  return numbers.map((digits) => toCharacter(Number.parseInt(digits.slice(-7), base))).join('');
}

function toRotated(text: string): string {
  return text.replace(/[a-z]/gi, (letter) => {
    const base = letter <= 'Z' ? 65 : 97;
    return String.fromCharCode(((letter.charCodeAt(0) - base + 13) % 26) + base);
  });
}

function toCharacter(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : '';
}

/** What the pattern finds are bytes, among characters that are themselves. */
function toUnescapedHex(text: string, pattern: RegExp): string {
  const bytes = Buffer.from(text)
    .toString('latin1')
    .replace(pattern, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
