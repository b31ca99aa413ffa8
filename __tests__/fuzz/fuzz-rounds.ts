import { randomInt } from 'node:crypto';
import { createSeededRandom, type SeededRandom } from '../setup/seeded-random.js';

/**
 * Without FUZZ_MINUTES everybody has the same rounds: a mutant, and a failing build, is judged by the same
 * cases again.
 */
const FIXED_SEED = 20_260_101;
const MILLISECONDS = 60_000;
/** So often the event loop gets its turn, and the clock is looked at. */
const ROUNDS_AT_ONCE = 200;

const minutes = Number(process.env.FUZZ_MINUTES ?? 0);
const seed = Number(process.env.FUZZ_SEED ?? (minutes > 0 ? randomInt(2 ** 31) : FIXED_SEED));
const onlyRound = process.env.FUZZ_ROUND === undefined ? undefined : Number(process.env.FUZZ_ROUND);

/** For `it`: the rounds end by themselves. */
export const FUZZ_TIMEOUT_MS = 300_000 + minutes * 2 * MILLISECONDS;

/**
 * Does so many rounds, or as many as fit into this share of FUZZ_MINUTES. A round that fails says how to have
 * it again: `FUZZ_SEED=… FUZZ_ROUND=…`.
 */
export async function fuzz(
  { rounds, share }: { readonly rounds: number; readonly share: number },
  body: (random: SeededRandom) => void,
): Promise<void> {
  process.stderr.write(`FUZZ_SEED=${seed}\n`);
  const endsAt = performance.now() + minutes * MILLISECONDS * share;
  let done = 0;
  while (done < rounds || performance.now() < endsAt) {
    for (let round = done; round < done + ROUNDS_AT_ONCE; round += 1) runRound(onlyRound ?? round, body);
    if (onlyRound !== undefined) return;
    done += ROUNDS_AT_ONCE;
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (minutes > 0) process.stderr.write(`${expect.getState().currentTestName ?? ''}: ${done} rounds\n`);
}

function runRound(round: number, body: (random: SeededRandom) => void): void {
  try {
    body(createSeededRandom(Math.imul(seed, 31) + Math.imul(round, 0x9e3779b1)));
  } catch (error) {
    throw new Error(
      `Round ${round} failed; to have it again: FUZZ_SEED=${seed} FUZZ_ROUND=${round}. ${String(error)}`,
      { cause: error },
    );
  }
}
