import type { RemovalRow } from '../../../models/change-row.js';
import type { PlacedRow } from '../history/change-log.js';
import { commitOne } from '../run/commit-units.js';
import { createRemovalCounter, type RemovalCounter } from './count-people.js';
import type { PlannedRows } from './planned-rows.js';
import type { RemovalDependencies } from './removal-dependencies.js';
import { toRowKey } from './row-key.js';

/** How the removals that a sweep wants stand to those of a preview. */
export interface SortedRows {
  readonly notPlanned: RemovalCounter;
  readonly passedOver: RemovalCounter;
  /** The first of those that are not planned. */
  readonly samples: readonly RemovalRow[];
}

/** So many are named in a report. */
export const MAX_SAMPLES = 20;

/**
 * Compares the rows that wait with a preview. What the preview has passed over is skipped: nobody has seen it done. Rows
 * that need a decision by their nature wait, and are not counted.
 */
export async function sortRows(
  plan: PlannedRows,
  { changes, run }: Pick<RemovalDependencies, 'changes' | 'run'>,
): Promise<SortedRows> {
  const notPlanned = createRemovalCounter();
  const passedOver = createRemovalCounter();
  const samples: RemovalRow[] = [];

  /** The row as it is to be from now on; `undefined`: as it is. */
  function sort(row: RemovalRow): RemovalRow | undefined {
    if (row.state !== 'waiting' || row.needsDecision === true) return undefined;
    const planned = plan.get(toRowKey(row))?.what;
    if (planned === 'passed-over') {
      passedOver.add(row);
      return { ...row, state: 'skipped', reason: PASSED_OVER };
    }
    if (planned === 'planned') return undefined;
    notPlanned.add(row);
    if (samples.length < MAX_SAMPLES) samples.push(row);
    return undefined;
  }

  for await (const { id: chunkId, rows } of changes.removals()) {
    await run.checkIn();
    run.assertGoingOn();
    const skipped = rows.flatMap((before, index): PlacedRow[] => {
      const row = sort(before);
      return row ? [{ chunkId, index, row }] : [];
    });
    if (skipped.length > 0) await commitOne(run, ({ tx }) => changes.replace(skipped, tx));
  }
  return { notPlanned, passedOver, samples };
}

const PASSED_OVER =
  'The preview found something in the way of it and has passed it over, so the next sync decides about it.';
