import { replaceInvisible } from '../../lib/invisible-characters.js';

/** What could steer a terminal and JSON lets stand: DEL, C1, line ends of Unicode. */
const CONTROL = /[\u007f-\u009f\u2028\u2029]/g;

/** JSON that means the same and is safe on a terminal. */
export function toJson(value: unknown, indent = 0): string {
  return replaceInvisible(JSON.stringify(value, undefined, indent).replace(CONTROL, toEscapes), toEscapes);
}

function toEscapes(character: string): string {
  return Array.from(
    { length: character.length },
    (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
  ).join('');
}
