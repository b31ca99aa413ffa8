import { toPrintable } from './printable.js';
import { OWN_CODES } from './style.js';

/**
 * Lines as they may go to a terminal: of what steers one only line ends, tabs and the codes of our own styles are left.
 * Whoever makes the lines has to make texts from outside printable; this holds where that is forgotten.
 */
export function toSafeLines(lines: readonly string[]): string {
  return lines.join('\n').split(OWN_CODES).map(toSafe).join('');
}

/** The splitting expression has a group, so that every second part is a code, a line end or a tab. */
function toSafe(part: string, index: number): string {
  return index % 2 === 1 ? part : toPrintable(part);
}
