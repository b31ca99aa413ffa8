/**
 * Whether a stored value may be meant as on, in doubt: everything but nothing, `false`, 0, an empty text and
 * the texts that say so. Somebody may have stored `"true"`, 1 or an object, and the host may read any of them
 * as on.
 */
export function isSwitchedOn(value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === 0) return false;
  return typeof value !== 'string' || !/^\s*(?:false|0)?\s*$/i.test(value);
}
