import type { AdviceWords } from '../../words/advice-words.js';

/** The server's own texts on these screens in another language. */
export interface ServerTexts {
  /** What a setting is for, by setting. */
  readonly about: Readonly<Partial<Record<string, string>>>;
  /** What is wrong and what to do, by code. */
  readonly findings: AdviceWords;
  /** What was seen, by code. */
  readonly observations: Readonly<Partial<Record<string, string>>>;
}
