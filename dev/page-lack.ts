import { findChromiumLack } from './chromium.js';
import { findSlapdLack } from './slapd.js';

/** Why the stories of the page cannot be told here: they need a browser, and a directory behind the page. */
export function findPageLack(): string | undefined {
  return findChromiumLack() ?? findSlapdLack();
}
