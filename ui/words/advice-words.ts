import type { AdviceCode } from '../../lib/advice.js';

/** Why, and what to do, for codes of the server. */
export type AdviceWords = Readonly<Partial<Record<string, readonly [reason: string, remedy: string]>>>;
/** A language that has them all. */
export type AllAdviceWords = Readonly<Record<AdviceCode, readonly [reason: string, remedy: string]>>;
