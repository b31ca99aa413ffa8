/** The ways in which a server can repeat a text, so that a person or a script still reads it. */

const bytesOf = (text: string): readonly number[] => [...Buffer.from(text)];
const eachByte = (text: string, toCode: (hex: string) => string): string =>
  bytesOf(text)
    .map((byte) => toCode(byte.toString(16).padStart(2, '0')))
    .join('');
const eachUnit = (text: string, toCode: (unit: number) => string): string =>
  Array.from({ length: text.length }, (_, index) => toCode(text.charCodeAt(index))).join('');
const base64 = (text: string): string => Buffer.from(text).toString('base64');

const FULL_WIDTH = 0xfee0;

export const TEXT_ENCODINGS: Readonly<Record<string, (text: string) => string | Buffer>> = {
  'as it is': (text) => text,
  'in upper case': (text) => text.toUpperCase(),
  'URL-encoded': (text) => encodeURIComponent(text),
  'URL-encoded, each byte, lower case': (text) => eachByte(text, (hex) => `%${hex}`),
  'URL-encoded, each byte, upper case': (text) => eachByte(text, (hex) => `%${hex.toUpperCase()}`),
  'URL-encoded twice': (text) => encodeURIComponent(eachByte(text, (hex) => `%${hex}`)),
  'form-encoded': (text) => new URLSearchParams({ password: text }).toString(),
  'in base64': base64,
  'in base64 without padding': (text) => base64(text).replace(/=/g, ''),
  'in base64, one byte later': (text) => base64(`:${text}`),
  'in base64, two bytes later': (text) => base64(`u:${text}`),
  'in base64 for URLs': (text) => Buffer.from(`dn:${text}`).toString('base64url'),
  'in base64 with blanks': (text) => Array.from(base64(text)).join(' '),
  'in base64 in lines': (text) => base64(text).replace(/.{4}/g, '$&\r\n'),
  'in base64 in lower case': (text) => base64(text).toLowerCase(),
  'in base64 twice': (text) => base64(base64(text)),
  'in base64 of SASL PLAIN': (text) => base64(`\0cn=admin,dc=example\0${text}`),
  'in base64 of UTF-16': (text) => Buffer.from(`"${text}"`, 'utf16le').toString('base64'),
  'in base64 of its URL encoding': (text) => base64(eachByte(text, (hex) => `%${hex}`)),
  'in base32': (text) => toBase32(text, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'),
  'in base32 with other digits': (text) => toBase32(text, '0123456789ABCDEFGHIJKLMNOPQRSTUV'),
  'in Crockford’s base32': (text) => toBase32(text, '0123456789ABCDEFGHJKMNPQRSTVWXYZ'),
  'in z-base-32': (text) => toBase32(text, 'ybndrfg8ejkmcpqxot1uwisza345h769'),
  'in Ascii85': (text) => toBase85(text, (value) => String.fromCharCode(33 + value)),
  'in Z85': (text) => toBase85(text, (value) => Z85.charAt(value)),
  uuencoded: (text) =>
    Array.from(base64(text).replace(/=/g, 'A'), (character) =>
      String.fromCharCode(32 + (BASE64.indexOf(character) || 64)),
    ).join(''),
  'in bits': (text) =>
    bytesOf(text)
      .map((byte) => byte.toString(2).padStart(8, '0'))
      .join(' '),
  'in decimal with nothing between': (text) =>
    bytesOf(text)
      .map((byte) => String(byte).padStart(3, '0'))
      .join(''),
  'in ROT47': (text) =>
    eachUnit(text, (unit) => String.fromCharCode(unit > 32 && unit < 127 ? 33 + ((unit + 14) % 94) : unit)),
  'in Caesar’s cipher': (text) =>
    text
      .toLowerCase()
      .replace(/[a-z]/g, (letter) => String.fromCharCode(97 + ((letter.charCodeAt(0) - 97 + 3) % 26))),
  'with an x between': (text) => Array.from(text).join('x'),
  'with numbers before each character': (text) =>
    Array.from(text, (character, index) => `${index}:${character}`).join(' '),
  'in Cyrillic letters that look the same': (text) => text.replace(/e/g, '\u0435').replace(/o/g, '\u043e'),
  'in hex': (text) => eachByte(text, (hex) => hex),
  'in hex, upper case, with colons': (text) => eachByte(text, (hex) => `${hex.toUpperCase()}:`),
  'in hex like C': (text) => eachByte(text, (hex) => `0x${hex}, `),
  'in decimal': (text) => bytesOf(text).join(' '),
  'with blanks': (text) => Array.from(text).join(' '),
  'with line breaks': (text) => Array.from(text).join('\r\n'),
  'with NULs': (text) => Array.from(text).join('\0'),
  'with characters of no width': (text) => Array.from(text).join('\u200b'),
  'with hyphens': (text) => Array.from(text).join('-'),
  'in UTF-16': (text) => Buffer.from(text, 'utf16le'),
  'in Latin-1': (text) => Buffer.from(text, 'latin1'),
  'like JSON': (text) => eachUnit(text, (unit) => `\\u${unit.toString(16).padStart(4, '0')}`),
  'like JavaScript': (text) => eachByte(text, (hex) => `\\x${hex}`),
  'like C': (text) =>
    bytesOf(text)
      .map((byte) => `\\${byte.toString(8).padStart(3, '0')}`)
      .join(''),
  'like a DN': (text) => eachByte(text, (hex) => `\\${hex}`),
  'with backslashes': (text) => text.replace(/\W/g, '\\$&'),
  'like HTML': (text) => eachUnit(text, (unit) => `&#${unit};`),
  'like HTML in hex': (text) => eachUnit(text, (unit) => `&#x${unit.toString(16)};`),
  'like HTML with names': (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;'),
  'quoted-printable': (text) => eachByte(text, (hex) => `=${hex.toUpperCase()}`),
  backwards: (text) => Array.from(text).reverse().join(''),
  'in ROT13': (text) =>
    text.replace(/[a-z]/gi, (letter) => {
      const base = letter <= 'Z' ? 65 : 97;
      return String.fromCharCode(((letter.charCodeAt(0) - base + 13) % 26) + base);
    }),
  'in full-width letters': (text) =>
    eachUnit(text, (unit) => String.fromCharCode(unit > 0x20 && unit < 0x7f ? unit + FULL_WIDTH : unit)),
  'decomposed, with accents of their own': (text) => text.normalize('NFD'),
  'its first half': (text) => text.slice(0, Math.ceil(text.length / 2)),
  'its second half': (text) => text.slice(Math.floor(text.length / 2)),
};

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const Z85 = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#';

function toBase32(text: string, alphabet: string): string {
  const bits = bytesOf(text)
    .map((byte) => byte.toString(2).padStart(8, '0'))
    .join('');
  return (bits.match(/.{1,5}/g) ?? [])
    .map((five) => alphabet[Number.parseInt(five.padEnd(5, '0'), 2)])
    .join('');
}

function toBase85(text: string, toCharacter: (value: number) => string): string {
  const bytes = Buffer.from(text);
  const whole = Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
  let encoded = '';
  for (let at = 0; at < whole.length; at += 4) {
    const number = whole.readUInt32BE(at);
    for (let power = 4; power >= 0; power -= 1) encoded += toCharacter(Math.floor(number / 85 ** power) % 85);
  }
  return encoded;
}
