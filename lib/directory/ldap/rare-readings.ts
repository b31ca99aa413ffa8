/**
 * Readings of a text by rare encodings, or by encodings that too many texts seem to be in. These readings are
 * not read again in another of these encodings.
 */
export function toRareReadings(text: string): readonly string[] {
  return [
    ...new Set([
      toShifted(text, PRINTABLE, 47),
      ...Array.from({ length: 25 }, (_, index) => toShifted(text, LOWER, index + 1)),
      ...toEveryNth(text),
      toLatin(text),
      text.replace(/(?:^|\s)\d+\W/g, ''),
      ...toPacked(text.toLowerCase(), BASE32_HEX, 5),
      ...toPacked(text.toLowerCase(), CROCKFORD, 5),
      ...toPacked(text.toLowerCase(), Z_BASE32, 5),
      ...toPacked(text, UUENCODED, 6),
      ...toPacked(text, XXENCODED, 6),
      ...toPacked(text, BINARY, 1),
      ...toBase85(text, ASCII85),
      ...toBase85(text, Z85),
      ...toThreeDigits(text, 10),
      ...toThreeDigits(text, 8),
    ]),
  ];
}

const range = (from: number, length: number): string =>
  String.fromCharCode(...Array.from({ length }, (_, index) => from + index));
const LOWER = range(0x61, 26);
const UPPER = range(0x41, 26);
const DIGITS = range(0x30, 10);
const PRINTABLE = range(0x21, 94);
const BINARY = '01';
const BASE32_HEX = DIGITS + LOWER;
const CROCKFORD = '0123456789abcdefghjkmnpqrstvwxyz';
const Z_BASE32 = 'ybndrfg8ejkmcpqxot1uwisza345h769';
/** A blank stands for nothing, and so does `` ` ``, which does not get lost. */
const UUENCODED = `\`${range(0x21, 63)}`;
const XXENCODED = `+-${DIGITS}${UPPER}${LOWER}`;
const ASCII85 = range(0x21, 85);
const Z85 = `${DIGITS}${LOWER}${UPPER}.-:+=^!/*?&<>()[]{}@%$#`;
const GROUP_85 = 5;

/** Letters of other alphabets that look like those of ours. */
const LOOKS_LIKE: Readonly<Record<string, string>> = Object.fromEntries(
  Array.from('аеорсухіјѕһԁѵԝӏαερονικυτ').map((letter, index) => [
    letter,
    'aeopcyxijshdvwlaepovikut'.charAt(index),
  ]),
);

/** So many places on in an alphabet, whatever the case. */
function toShifted(text: string, alphabet: string, by: number): string {
  const shift = (character: string): string => {
    const at = alphabet.indexOf(character);
    return at < 0 ? character : alphabet.charAt((at + by) % alphabet.length);
  };
  return Array.from(alphabet === PRINTABLE ? text : text.toLowerCase(), shift).join('');
}

/** What is left when something of the same length stands between the characters. */
function* toEveryNth(text: string): Generator<string> {
  for (const step of [2, 3, 4])
    for (let offset = 0; offset < step; offset += 1)
      yield Array.from(text)
        .filter((_, index) => index % step === offset)
        .join('');
}

function toLatin(text: string): string {
  return Array.from(text.toLowerCase(), (letter) => LOOKS_LIKE[letter] ?? letter).join('');
}

/** Bits behind the characters of an alphabet, wherever a byte begins. */
function* toPacked(text: string, alphabet: string, bits: number): Generator<string> {
  const values = Array.from(text, (character) => alphabet.indexOf(character)).filter((value) => value >= 0);
  const all = values.map((value) => value.toString(2).padStart(bits, '0')).join('');
  // A character of more bits than one may begin a group at any of the first eight.
  for (let offset = 0; offset < 8; offset += 1) {
    const start = all.slice(offset * bits);
    yield Buffer.from((start.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2))).toString('utf8');
  }
}

function* toBase85(text: string, alphabet: string): Generator<string> {
  const values = Array.from(text, (character) => alphabet.indexOf(character)).filter((value) => value >= 0);
  for (let offset = 0; offset < GROUP_85; offset += 1) {
    const bytes: number[] = [];
    for (let at = offset; at + GROUP_85 <= values.length; at += GROUP_85) {
      const number = values.slice(at, at + GROUP_85).reduce((sum, value) => sum * 85 + value, 0);
      bytes.push(...[24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) & 0xff));
    }
    yield Buffer.from(bytes).toString('utf8');
  }
}

/** A list of character codes with nothing between them. */
function* toThreeDigits(text: string, base: 8 | 10): Generator<string> {
  const digits = text.replace(/\D/g, '');
  for (let offset = 0; offset < 3; offset += 1) {
    const codes = digits.slice(offset).match(/\d{3}/g) ?? [];
    yield Buffer.from(codes.map((code) => Number.parseInt(code, base) & 0xff)).toString('utf8');
  }
}
