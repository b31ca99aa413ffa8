import limax from 'limax';

const MAX_LENGTH = 128;
/** Already a slug; spares the transliteration, which costs more than the rest of an entry's mapping. */
const SLUG = /^[a-z0-9]+(?:[._-][a-z0-9]+)*$/;

/**
 * The user name Rocket.Chat makes of a text: transliterated, lower-case, `.` between words, only `0-9 a-z - _
 * .`. Empty when nothing is left.
 */
export function toUsername(text: string, slugify: boolean): string {
  const trimmed = text
    .trim()
    .slice(0, MAX_LENGTH)
    .replace(/[\ud800-\udbff]$/, '');
  if (!slugify || SLUG.test(trimmed)) return trimmed;
  return limax(trimmed, { separator: '.' }).replace(/[^0-9a-z\-_.]/g, '');
}

/** The name Rocket.Chat guesses for a person without one: `ada.lovelace` → `Ada Lovelace`. */
export function toGuessedName(username: string): string {
  return username
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');
}
