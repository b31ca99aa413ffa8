/** Letters of 5 by 7 dots; a character a row, in base 32. Drawn, because a machine may have no fonts. */
const GLYPHS: Readonly<Record<string, string>> = {
  A: 'ehhvhhh',
  B: 'uhhuhhu',
  C: 'ehggghe',
  D: 'uhhhhhu',
  E: 'vgguggv',
  F: 'vgguggg',
  G: 'ehgnhhf',
  H: 'hhhvhhh',
  I: 'e44444e',
  J: '72222ic',
  K: 'hikokih',
  L: 'ggggggv',
  M: 'hrllhhh',
  N: 'hhpljhh',
  O: 'ehhhhhe',
  P: 'uhhuggg',
  Q: 'ehhhlid',
  R: 'uhhukih',
  S: 'fgge11u',
  T: 'v444444',
  U: 'hhhhhhe',
  V: 'hhhhha4',
  W: 'hhhllrh',
  X: 'hha4ahh',
  Y: 'hha4444',
  Z: 'v1248gv',
};

export const LETTER_WIDTH = 5;
export const LETTER_HEIGHT = 7;

/** Says whether the letter has a dot there. Other characters than A to Z are blank. */
export function hasDot(letter: string, column: number, row: number): boolean {
  const bits = Number.parseInt(GLYPHS[letter]?.charAt(row) ?? '0', 32);
  return ((bits >> (LETTER_WIDTH - 1 - column)) & 1) === 1;
}
