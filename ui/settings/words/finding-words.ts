import type { FindingCode } from '../../../lib/findings/finding.js';
import type { ObservationCode } from '../../../lib/findings/observation.js';

/** What is wrong and what to do, in another language, for each code of a part: the compiler misses none. */
export type WordsOf<Part> = {
  readonly [Code in keyof Part]: readonly [message: string, remedy: string];
};
/** A language that has them all. */
export type AllFindingWords = Readonly<Record<FindingCode, readonly [message: string, remedy: string]>>;
export type AllObservationWords = Readonly<Record<ObservationCode, string>>;
