/** A pattern as RE2 takes it, with the meaning that it has in JavaScript; or why it has none here. */
type TranslatedPattern = { readonly text: string } | { readonly fault: string; readonly remedy: string };

interface Flags {
  readonly isDotAll: boolean;
  readonly isUnicode: boolean;
}

const BLANKS =
  '\\t-\\r \\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}';
const NO_BLANKS =
  '\\x{0}-\\x{8}\\x{e}-\\x{1f}!-\\x{9f}\\x{a1}-\\x{167f}\\x{1681}-\\x{1fff}\\x{200b}-\\x{2027}\\x{202a}-\\x{202e}' +
  '\\x{2030}-\\x{205e}\\x{2060}-\\x{2fff}\\x{3001}-\\x{fefe}\\x{ff00}-\\x{10ffff}';

/**
 * What JavaScript and RE2 read in the same way; every other letter after a backslash means itself in
 * JavaScript.
 */
const SHARED = /^[dDwWbBnrtfv]$/;
const NUMBERS = [/^\\x[0-9A-Fa-f]{2}/, /^\\u[0-9A-Fa-f]{4}/, /^\\c[A-Za-z]/, /^\\0(?![0-9])/];
const IN_BRACES = [/^\\u\{[0-9A-Fa-f]{1,6}\}/, /^\\[pP]\{[A-Za-z_]+\}/];
const LOOK_AROUND = /^\(\?<?[=!]/;
const MODIFIER = /^\(\?(?![:<])/;

const WITHOUT_LOOKING =
  'Write it without them: match more, and take the part in brackets with indexToUse or $1.';

/** Pure; the time is linear. */
export function translatePattern(pattern: string, flags: Flags): TranslatedPattern {
  let text = '';
  let isInClass = false;
  for (let index = 0; index < pattern.length;) {
    const rest = pattern.slice(index, index + 40);
    const piece = rest.startsWith('\\')
      ? toEscape(rest, isInClass, flags)
      : isInClass
        ? toClassPiece(rest)
        : toPiece(rest, flags);
    if ('fault' in piece) return piece;
    if (!isInClass && piece.opens) isInClass = true;
    else if (isInClass && rest.startsWith(']')) isInClass = false;
    text += piece.text;
    index += piece.length;
  }
  return { text };
}

type Piece =
  | { readonly text: string; readonly length: number; readonly opens?: true }
  | { readonly fault: string; readonly remedy: string };

function toPiece(rest: string, { isDotAll }: Flags): Piece {
  if (LOOK_AROUND.test(rest))
    return { fault: 'looks ahead or behind ((?=, (?!, (?<=, (?<!)', remedy: WITHOUT_LOOKING };
  if (MODIFIER.test(rest)) return { fault: `has "${rest.slice(0, 4)}"`, remedy: 'Use "flags" instead.' };
  if (rest.startsWith('[^]')) return { text: '(?s:.)', length: 3 };
  if (rest.startsWith('[]'))
    return { fault: 'has an empty [], which matches nothing', remedy: 'Take it out.' };
  if (rest.startsWith('[')) {
    const length = rest.startsWith('[^') ? 2 : 1;
    return { text: rest.slice(0, length), length, opens: true };
  }
  if (rest.startsWith('.')) return { text: isDotAll ? '(?s:.)' : '[^\\n\\r\\x{2028}\\x{2029}]', length: 1 };
  return { text: rest.slice(0, 1), length: 1 };
}

function toClassPiece(rest: string): Piece {
  // To RE2, `[:` may begin a class by name.
  return { text: rest.startsWith('[') ? '\\[' : rest.slice(0, 1), length: 1 };
}

function toEscape(rest: string, isInClass: boolean, { isUnicode }: Flags): Piece {
  const letter = rest.slice(1, 2);
  if (/^[1-9]$/.test(letter) || (letter === 'k' && !isInClass))
    return { fault: 'refers back to what it has matched (\\1, \\k<name>)', remedy: WITHOUT_LOOKING };
  for (const known of [...NUMBERS, ...(isUnicode ? IN_BRACES : [])]) {
    const [found] = known.exec(rest) ?? [];
    if (found !== undefined) return { text: toCode(found), length: found.length };
  }
  if (/^[xucpP0]$/.test(letter))
    return { fault: `has "${rest.slice(0, 6)}"`, remedy: 'Write \\xHH, \\uHHHH, or give it the flag "u".' };
  const text = toClassByLetter(letter, isInClass);
  if (text !== undefined) return { text, length: 2 };
  if (SHARED.test(letter)) return { text: rest.slice(0, 2), length: 2 };
  return { text: /^[!-/:-@[-`{-~]$/.test(letter) ? `\\${letter}` : letter, length: 1 + letter.length };
}

/** What a letter stands for that RE2 reads in another way. */
function toClassByLetter(letter: string, isInClass: boolean): string | undefined {
  if (letter === 's') return isInClass ? BLANKS : `[${BLANKS}]`;
  if (letter === 'S') return isInClass ? NO_BLANKS : `[^${BLANKS}]`;
  return letter === 'b' && isInClass ? '\\x{8}' : undefined;
}

function toCode(escape: string): string {
  if (/^\\[pP]/.test(escape)) return escape;
  if (escape === '\\0') return '\\x{0}';
  const code = escape.startsWith('\\c')
    ? (escape.charCodeAt(2) % 32).toString(16)
    : escape.replace(/[^0-9A-Fa-f]/g, '');
  return `\\x{${code}}`;
}
