import type { AdviceWords } from './advice-words.js';
import type { WordKey } from './en.js';
import type { Word } from './word.js';

/** All words of one language. */
export interface Catalogue {
  readonly words: Readonly<Record<WordKey, Word>>;
  readonly advice: AdviceWords;
}
