import type { ChangeRow } from '../../../models/change-row.js';
import type { Collection } from '../../../models/database.js';
import { REMOVAL_KINDS, toRemovalCounts, type RemovalCounts } from '../../../models/removal-kind.js';
import type { SyncChangeRecord } from '../../../models/sync-change.js';
import { isOpen } from './decide-rows.js';
import { inPart } from './row-place.js';

/**
 * How many people of a held list nobody has decided about, by kind of removal. `reopened`: approvals that failed, whose
 * rows wait again.
 */
export type CountWaiting = (runId: string, reopened: ReadonlySet<string>) => Promise<RemovalCounts>;

const COUNTED = {
  'rows.kind': 1,
  'rows.userId': 1,
  'rows.state': 1,
  'rows.decided': 1,
} as const;

/** Reads the list document by document: it may be long. */
export function createCountWaiting(changes: () => Collection<SyncChangeRecord>): CountWaiting {
  return async (runId, reopened) => {
    const people = new Map<ChangeRow['kind'], Set<string | undefined>>(
      REMOVAL_KINDS.map((kind) => [kind, new Set()]),
    );
    const lists = changes().find({ _id: inPart(runId, 'r') }, { projection: COUNTED, batchSize: 1 });
    for await (const { rows } of lists)
      for (const row of rows)
        // Somebody who leaves several rooms is one person.
        if (isOpen(row, { reopened })) people.get(row.kind)?.add(row.userId);
    return toRemovalCounts((_, kind) => people.get(kind)?.size ?? 0);
  };
}
