import type { Collection } from '../../../models/database.js';
import type { SyncChangeRecord } from '../../../models/sync-change.js';
import { inPart } from './row-place.js';

/** How many rows a run has written as the pages came (`p`), or how many removals it has listed (`r`). */
export async function countRows(
  changes: Collection<SyncChangeRecord>,
  runId: string,
  part: 'p' | 'r',
): Promise<number> {
  const [all] = await changes
    .aggregate<{ readonly rows: number }>([
      { $match: { _id: inPart(runId, part) } },
      { $group: { _id: null, rows: { $sum: { $size: '$rows' } } } },
    ])
    .toArray();
  return all?.rows ?? 0;
}
