import type { Challenge, SecondFactor } from '../../client/index.js';

export type GivenCode = SecondFactor;
/** Asks the person in front of the screen; `undefined` when they give up. */
export type AskForCode = (challenge: Challenge) => Promise<GivenCode | undefined>;
