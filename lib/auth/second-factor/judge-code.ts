import type { Factor, FactorCall, FactorResult } from './factor.js';
import type { SecondFactorState } from './second-factor-state.js';

interface Judgement {
  readonly result: FactorResult | 'none' | 'busy';
  /** This code was wrong, and it was the caller's last attempt for now. */
  readonly isLocked: boolean;
}

interface Case {
  readonly state: SecondFactorState;
  readonly factor: Factor;
  readonly call: FactorCall;
  readonly code: unknown;
  /** The right code has just been mailed, so that the given one cannot be right. */
  readonly isFresh: boolean;
}

const MAX_CODE_LENGTH = 256;

/**
 * Checks one code. The attempt is taken before the check and given back when the code is right, so all hosts
 * together never check more wrong codes than the budget allows. The attempt of a host that dies in between
 * stays taken until its window ends.
 */
export async function judge({ state, factor, call, code, isFresh }: Case): Promise<Judgement> {
  const attempt = await state.takeAttempt(call.caller);
  if (attempt === 'none' || attempt === 'busy') return { result: attempt, isLocked: false };
  let result: FactorResult = 'wrong';
  try {
    if (!isFresh && isSane(code)) result = await factor.check(call, code, attempt);
  } catch (error) {
    // A code that could not be checked is no wrong guess. The error of the check is the one to report, not
    // that of giving back.
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
