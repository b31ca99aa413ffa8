import { advice } from './advice-de.js';
import { de } from './de.js';
import type { Catalogue } from './words.js';

/** Loaded only by who reads German. */
export const german: Catalogue = { words: de, advice };
