import fc from 'fast-check';
import { IS_FULL, SEED, toBudgetMs } from './fault-budget.js';

/** Of `FAULT_MINUTES`, for each property of whole runs, and for each pure one. */
const SHARE = 0.015;
const PURE_SHARE = 0.002;
/**
 * However small the share: fast-check calls it a failure when the time is over before one case has been
 * tried.
 */
const LEAST_MS = 10_000;

type Parameters = Pick<
  fc.Parameters,
  'numRuns' | 'endOnFailure' | 'seed' | 'path' | 'interruptAfterTimeLimit'
>;

/**
 * How a property is tried: on few cases in `npm test`, on as many as its share of `FAULT_MINUTES` allows
 * elsewhere, or on `PROPERTY_RUNS` many. The cases follow from the suite's seed; `PROPERTY_SEED` and
 * `PROPERTY_PATH`, as a failure prints them, give the same cases again. A failure is made smaller only with
 * `PROPERTY_SHRINK`: of whole runs, that takes minutes.
 */
export function toParameters(few: number, share = PURE_SHARE): Parameters {
  const { PROPERTY_RUNS, PROPERTY_SEED, PROPERTY_PATH, PROPERTY_SHRINK } = process.env;
  return {
    numRuns: PROPERTY_RUNS === undefined ? few : Number(PROPERTY_RUNS),
    endOnFailure: PROPERTY_SHRINK === undefined,
    ...(IS_FULL && PROPERTY_RUNS === undefined
      ? { numRuns: 1_000_000, interruptAfterTimeLimit: Math.max(LEAST_MS, toBudgetMs(share)) }
      : {}),
    seed: Number(PROPERTY_SEED ?? SEED),
    ...(PROPERTY_PATH === undefined ? {} : { path: PROPERTY_PATH }),
  };
}

/** Asserts a property of whole runs. */
export async function holds<T>(
  few: number,
  cases: fc.Arbitrary<T>,
  property: (one: T) => Promise<void>,
): Promise<void> {
  let tried = 0;
  let last: Promise<void> = Promise.resolve();
  const counted = (one: T): Promise<void> => {
    tried += 1;
    return (last = property(one));
  };
  const result = await fc.check(fc.asyncProperty(cases, counted), toParameters(few, SHARE));
  // On a busy machine the time may be over before the first case is: then that one decides. Many cases of which none
  // counts show nothing.
  const isUndecided = result.interrupted && result.counterexample === null && tried <= few;
  if (result.failed && !isUndecided)
    throw new Error(fc.defaultReportMessage(result) ?? 'The property fails.');
  // When its time is over fast-check leaves in the middle of a case, which would go on into the next
  // property's database.
  await last.catch((error: unknown) => {
    if (!fc.PreconditionFailure.isFailure(error)) throw error;
  });
  if (IS_FULL) process.stderr.write(`${expect.getState().currentTestName ?? ''}: ${tried} cases\n`);
}
