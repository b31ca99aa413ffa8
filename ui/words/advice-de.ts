import { entries } from './advice-de/entries.js';
import { guard } from './advice-de/guard.js';
import { people } from './advice-de/people.js';
import { photos } from './advice-de/photos.js';
import { removals } from './advice-de/removals.js';
import { writes } from './advice-de/writes.js';
import type { AllAdviceWords } from './advice-words.js';

/** Why and what to do in German, by the server's code. What a parameter holds is the server's own text. */
export const advice: AllAdviceWords = { ...entries, ...photos, ...people, ...writes, ...removals, ...guard };
