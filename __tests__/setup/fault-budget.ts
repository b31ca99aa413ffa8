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
  /** The part of `FAULT_MINUTES` that this loop may use. */
  readonly share: number;
}

const minutes = Number(process.env.FAULT_MINUTES ?? 0);
const onlyIndex = process.env.FAULT_INDEX === undefined ? undefined : Number(process.env.FAULT_INDEX);

/** Whether somebody wants to wait for more than the quick minimum. */
export const IS_FULL = minutes > 0;

/** `npm test` does the same rounds every time; a long suite draws its seed and prints it. */
export const SEED = Number(process.env.FAULT_SEED ?? (IS_FULL ? randomInt(2 ** 31) : 20_260_101));

/** A part of `FAULT_MINUTES`, in milliseconds. */
export function toBudgetMs(share: number): number {
  return minutes * 60_000 * share;
}

/** For `it`: the loops end by themselves, a round that hangs does not. */
export const FAULT_TIMEOUT_MS = 600_000 + minutes * 60_000;

let isSeedTold = false;

/**
 * Does rounds until the loop's share of `FAULT_MINUTES` is used up; without that, the quick minimum. A round
 * that fails says how to have it again: `FAULT_SEED=… FAULT_INDEX=…`.
 */
export async function eachRound(
  { quick, share }: RoundsOptions,
  body: (round: Round) => Promise<void>,
): Promise<void> {
  tellSeed();
  const endsAt = performance.now() + toBudgetMs(share);
  const first = onlyIndex ?? 0;
  let index = first;
  for (
    ;
    index === first || (onlyIndex === undefined && (index < quick || performance.now() < endsAt));
    index += 1
  ) {
    try {
      await body({ index, random: createSeededRandom(Math.imul(SEED, 31) + Math.imul(index, 0x9e3779b1)) });
    } catch (error) {
      throw new Error(
        `Round ${index} failed; to have it again: FAULT_SEED=${SEED} FAULT_INDEX=${index}. ${String(error)}`,
        { cause: error },
      );
    }
  }
  if (IS_FULL) process.stderr.write(`${expect.getState().currentTestName ?? ''}: ${index - first} rounds\n`);
}

function tellSeed(): void {
  if (!isSeedTold) process.stderr.write(`FAULT_SEED=${SEED}\n`);
  isSeedTold = true;
}
