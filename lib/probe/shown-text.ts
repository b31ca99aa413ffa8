import type { FindingParams } from '../findings/finding-text.js';
import { showInvisible } from '../invisible-characters.js';

const MAX = 200;
const CONTROLS = /[\p{Cc}\p{Co}\p{Cs}\u2028\u2029]+/gu;

/** What an entry says, for people: on one line, short, and with what is invisible written out. */
export function toShownText(text: string, max = MAX): string {
  // Cut before, since a value may have megabytes, and after, since what is written out is longer.
  return showInvisible(text.slice(0, max).replace(CONTROLS, ' ')).slice(0, max);
}

/** DNs are longer than other texts. */
export function toShownDN(dn: string): string {
  return toShownText(dn, 1_000);
}

/** The values of a text about an entry; they may be what the entry says. */
export function toShownParams(params: FindingParams): FindingParams {
  const shown = Object.entries(params).map(([name, value]) => [
    name,
    typeof value === 'string' ? toShownText(value, 1_000) : value,
  ]);
  return Object.fromEntries(shown) as FindingParams;
}
