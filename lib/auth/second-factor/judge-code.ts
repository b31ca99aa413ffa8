import type { Factor, FactorCall, FactorResult } from './factor.js';
import type { SecondFactorState } from './second-factor-state.js';

interface Judgement {
  readonly result: FactorResult | 'none' | 'busy';
  /** This code was wrong, and the caller's last for now. */
  readonly isLocked: boolean;
}

interface Case {
  readonly state: SecondFactorState;
  readonly factor: Factor;
  readonly call: FactorCall;
  readonly code: unknown;
  /** The right code has only just been mailed, so that this cannot be it. */
  readonly isFresh: boolean;
}

const MAX_CODE_LENGTH = 256;

/**
 * Looks at one code. The attempt is taken first and given back to who was right, so at no time, on all hosts
 * together, have more
 * wrong codes been looked at than the budget allows; a host that dies in between leaves the attempt taken
 * until its window ends.
 */
export async function judge({ state, factor, call, code, isFresh }: Case): Promise<Judgement> {
  const attempt = await state.takeAttempt(call.caller);
  if (attempt === 'none' || attempt === 'busy') return { result: attempt, isLocked: false };
  let result: FactorResult = 'wrong';
  try {
    if (!isFresh && isSane(code)) result = await factor.check(call, code, attempt);
  } catch (error) {
    // What could not be judged was not a wrong guess. That it could not be judged is the news, not that this
    // fails too.
    await attempt.giveBack().catch(() => undefined);
    throw error;
  }
  if (result === 'wrong' || result === 'spent') return { result, isLocked: await attempt.fail() };
  await attempt.giveBack();
  return { result, isLocked: false };
}

/** A header given once: Node joins what is given twice by a comma. */
function isSane(code: unknown): code is string {
  return typeof code === 'string' && code.length <= MAX_CODE_LENGTH && !code.includes(',');
}
