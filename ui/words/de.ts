import { frame } from './de/frame.js';
import { health } from './de/health.js';
import { held } from './de/held.js';
import { names } from './de/names.js';
import { person } from './de/person.js';
import { runs } from './de/runs.js';
import type { WordKey } from './en.js';
import type { Word } from './word.js';

/** All words of the page, in German. */
export const de: Readonly<Record<WordKey, Word>> = {
  ...frame,
  ...names,
  ...health,
  ...runs,
  ...held,
  ...person,
};
