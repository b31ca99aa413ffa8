import fc from 'fast-check';

/**
 * How a property is tried: on few cases in `npm test`, on `PROPERTY_RUNS` many elsewhere. `PROPERTY_SEED` and
 * `PROPERTY_PATH`, as a failure prints them, give the same cases again. A failure is made smaller only with
 * `PROPERTY_SHRINK`: of whole runs, that takes minutes.
 */
export function toParameters(few: number): Pick<fc.Parameters, 'numRuns' | 'endOnFailure' | 'seed' | 'path'> {
  const { PROPERTY_RUNS, PROPERTY_SEED, PROPERTY_PATH, PROPERTY_SHRINK } = process.env;
  return {
    numRuns: PROPERTY_RUNS === undefined ? few : Number(PROPERTY_RUNS),
    endOnFailure: PROPERTY_SHRINK === undefined,
    ...(PROPERTY_SEED === undefined ? {} : { seed: Number(PROPERTY_SEED) }),
    ...(PROPERTY_PATH === undefined ? {} : { path: PROPERTY_PATH }),
  };
}

/** Asserts a property of whole runs. */
export async function holds<T>(few: number, cases: fc.Arbitrary<T>, property: (one: T) => Promise<void>): Promise<void> {
  await fc.assert(fc.asyncProperty(cases, property), toParameters(few));
}
