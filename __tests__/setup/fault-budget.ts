import { randomInt } from 'node:crypto';
import { createSeededRandom, type SeededRandom } from './seeded-random.js';

export interface Round {
  readonly index: number;
  /** Depends on the seed and the index only, so that any round can be had alone. */
  readonly random: SeededRandom;
}

export interface RoundsOptions {
  /** At least so many, however little time there is. */
  readonly quick: number;
  /** At most so many. */
  readonly full: number;
  /** The part of the file's time that this loop may use. @default 1 */
  readonly share?: number;
}

const minutes = Number(process.env.FAULT_MINUTES ?? 0);
const seed = Number(process.env.FAULT_SEED ?? randomInt(2 ** 31));
const onlyIndex = process.env.FAULT_INDEX === undefined ? undefined : Number(process.env.FAULT_INDEX);

/** Whether somebody wants to wait for more than the quick minimum. */
export const IS_FULL = minutes > 0;

/** For `it`: the loops end by themselves, a round that hangs does not. */
export const FAULT_TIMEOUT_MS = 120_000 + minutes * 60_000 * 1.5;

let isSeedTold = false;

/**
 * Does rounds until `FAULT_MINUTES` are used up; without it, the quick minimum. A round that fails says how to have it again:
 * `FAULT_SEED=… FAULT_INDEX=…`.
 */
export async function eachRound({ quick, full, share = 1 }: RoundsOptions, body: (round: Round) => Promise<void>): Promise<void> {
  tellSeed();
  const endsAt = performance.now() + minutes * 60_000 * share;
  const indexes = onlyIndex === undefined ? Array.from({ length: full }, (_, index) => index) : [onlyIndex];
  let done = 0;
  for (const index of indexes) {
    if (done >= quick && performance.now() >= endsAt) break;
    try {
      await body({ index, random: createSeededRandom(Math.imul(seed, 31) + Math.imul(index, 0x9e3779b1)) });
    } catch (error) {
      throw new Error(`Round ${index} failed; to have it again: FAULT_SEED=${seed} FAULT_INDEX=${index}. ${String(error)}`, { cause: error });
    }
    done += 1;
  }
  if (IS_FULL) process.stderr.write(`${expect.getState().currentTestName ?? ''}: ${done} rounds\n`);
}

function tellSeed(): void {
  if (!isSeedTold) process.stderr.write(`FAULT_SEED=${seed}\n`);
  isSeedTold = true;
}
