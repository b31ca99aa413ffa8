import type { Told } from '../api/answers.js';
import type { AdviceWords } from './advice-words.js';
import { fill } from './word.js';

/** Why and what to do, and the language of it. */
export interface ToldText {
  readonly reason: string;
  readonly remedy: string;
  readonly lang: string;
}

/** A language, and how it shows numbers. */
interface Reader {
  readonly language: string;
  readonly number: (value: number) => string;
}

/** In the reader's language where the code is known; else in the server's English. */
export function translate(
  { code = '', params = {}, reason, remedy }: Told,
  words: AdviceWords,
  { language, number }: Reader,
): ToldText {
  const known = Object.hasOwn(words, code) ? words[code] : undefined;
  const own = known && fill(known[0], params, number);
  const toDo = known && fill(known[1], params, number);
  return own !== undefined && toDo !== undefined
    ? { reason: own, remedy: toDo, lang: language }
    : { reason, remedy, lang: 'en' };
}
