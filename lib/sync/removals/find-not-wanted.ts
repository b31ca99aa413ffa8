import type { RemovalRow } from '../../../models/change-row.js';
import type { ChangeLog } from '../history/change-log.js';
import { createRemovalCounter, type RemovalCounter } from './count-people.js';
import { toPlanned } from './planned-rows.js';
import { toRowKey } from './row-key.js';
import { MAX_SAMPLES } from './sort-rows.js';

/** What a preview has shown and the sweep no longer wants. */
export interface NotWanted {
  /** All that the preview has shown. */
  readonly planned: RemovalCounter;
  readonly notWanted: RemovalCounter;
  readonly samples: readonly RemovalRow[];
}

interface Known {
  /** The keys of those that the sweep wants, too. */
  readonly met: ReadonlySet<string>;
  /** Earlier applications of the same preview, which were cut off: what they have done is not missed. */
  readonly earlier: readonly string[];
}

export async function findNotWanted(
  previewId: string,
  { met, earlier }: Known,
  changes: Pick<ChangeLog, 'removals'>,
): Promise<NotWanted> {
  const done = new Set<string>();
  for (const runId of earlier)
    for await (const row of rowsOf(runId, changes)) if (row.state === 'done') done.add(toRowKey(row));
  const planned = createRemovalCounter();
  const notWanted = createRemovalCounter();
  const samples: RemovalRow[] = [];
  for await (const row of rowsOf(previewId, changes)) {
    if (toPlanned(row) !== 'planned') continue;
    planned.add(row);
    const key = toRowKey(row);
    if (met.has(key) || done.has(key)) continue;
    notWanted.add(row);
    if (samples.length < MAX_SAMPLES) samples.push(row);
  }
  return { planned, notWanted, samples };
}

async function* rowsOf(runId: string, changes: Pick<ChangeLog, 'removals'>): AsyncIterable<RemovalRow> {
  for await (const { rows } of changes.removals(runId)) yield* rows;
}
