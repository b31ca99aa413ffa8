/** What could steer a terminal and JSON lets stand: DEL, C1, the marks that reorder text. */
const STEERING = /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu;

/** JSON that means the same and is safe on a terminal. */
export function toJson(value: unknown, indent = 0): string {
  return JSON.stringify(value, undefined, indent).replace(
    STEERING,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
