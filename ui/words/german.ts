import { advice } from './advice-de.js';
import { de } from './de.js';
import type { Catalogue } from './catalogue.js';

/** Loaded only by who reads German. */
export const german: Catalogue = { words: de, advice };
