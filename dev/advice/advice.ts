import type { AdviceCode } from '../../lib/advice.js';
import type { Meaning } from '../meaning.js';
import { OF_ENTRIES } from './entries.js';
import { OF_PEOPLE } from './people.js';
import { OF_PHOTOS } from './photos.js';
import { OF_REMOVALS } from './removals.js';
import { OF_RUNS } from './runs.js';

export interface AdviceChapter {
  readonly title: string;
  readonly text: string;
  readonly rows: Readonly<Record<string, Meaning>>;
}

/** Everything that is said about a person or a run. The compiler names a code that is in no chapter. */
export const ADVICE: Readonly<Record<AdviceCode, Meaning>> = {
  ...OF_ENTRIES,
  ...OF_PHOTOS,
  ...OF_PEOPLE,
  ...OF_REMOVALS,
  ...OF_RUNS,
};

export const ADVICE_CHAPTERS: readonly AdviceChapter[] = [
  {
    title: 'Why a run takes nothing away, or waits',
    text: 'The code of `held`, or of a problem of the run.',
    rows: OF_RUNS,
  },
  {
    title: 'What is said of an entry',
    text: 'The code of a row in `attention`. The entry is rejected, or the part of it that the row names is left out.',
    rows: OF_ENTRIES,
  },
  {
    title: 'What is said of a photo',
    text: 'The person is synced, and keeps the picture that was there.',
    rows: OF_PHOTOS,
  },
  {
    title: 'What is said of a person',
    text: 'Who cannot become a user, or get what the entry says, or is to be looked at.',
    rows: OF_PEOPLE,
  },
  {
    title: 'What is said of a removal or a revert',
    text: 'Why something was taken away, was not, or could not be given back.',
    rows: OF_REMOVALS,
  },
];
