import type { Collection } from '../../../models/database.js';
import type { SyncChangeRecord } from '../../../models/sync-change.js';
import type { ChangeRow } from '../../../models/change-row.js';
import type { Page } from '../../../models/run-report.js';
import { MAX_ANSWER_BYTES, toSize } from './answer-size.js';

export interface ChangesOfRun {
  readonly runId: string;
  /** When the last of the rows was written down. */
  readonly at: Date;
  readonly rows: readonly ChangeRow[];
  /** Rows of the run about the user that are left out. */
  readonly omitted: number;
}

export interface UserHistory {
  readonly runs: readonly ChangesOfRun[];
  /** The number of the run to go on with; absent when there is none. */
  readonly nextOffset?: number;
}

/** Chunks of which one user's rows are fetched in one go. */
const BATCH = 50;
/** Most rows about one user of one chunk. */
const MAX_ROWS = 100;

type Changed = Omit<ChangesOfRun, 'runId'>;
/** A chunk without the rows of others. */
type OwnRows = Pick<SyncChangeRecord, '_id' | 'at' | 'rows'> & { readonly size: number };

/** Finds what runs did to a user. The rows of others, hundreds in a document, stay in the database. */
export function createUserHistory(
  changes: () => Collection<SyncChangeRecord>,
): (userId: string, page: Page) => Promise<UserHistory> {
  /** Newest first; the chunks of a run follow one another. */
  const find = (userId: string) =>
    changes().aggregate(
      [
        { $match: { 'rows.userId': userId } },
        // As a literal: an id may begin with $.
        { $project: { at: 1, own: toOwn({ $eq: ['$$row.userId', { $literal: userId }] }) } },
        { $project: { at: 1, rows: { $slice: ['$own', MAX_ROWS] }, size: { $size: '$own' } } },
        { $sort: { at: -1, _id: -1 } },
      ],
      { batchSize: BATCH },
    );

  return async (userId, { offset, count }) => {
    const byRun = new Map<string, Changed>();
    const skipped = new Set<string>();
    let bytes = 0;
    for await (const record of find(userId)) {
      const { _id, at, rows, size } = record as unknown as OwnRows;
      const runId = _id.slice(0, _id.indexOf('/'));
      if (skipped.has(runId)) continue;
      if (skipped.size < offset) {
        skipped.add(runId);
        continue;
      }
      const known = byRun.get(runId);
      if (!known && (byRun.size === count || bytes > MAX_ANSWER_BYTES))
        return { runs: toRuns(byRun), nextOffset: offset + byRun.size };
      const shown = bytes > MAX_ANSWER_BYTES ? [] : rows;
      for (const row of shown) bytes += toSize(row);
      const omitted = (known?.omitted ?? 0) + size - shown.length;
      byRun.set(runId, { at: known?.at ?? at, rows: [...shown, ...(known?.rows ?? [])], omitted });
    }
    return { runs: toRuns(byRun) };
  };
}

function toOwn(cond: object): object {
  return { $filter: { input: '$rows', as: 'row', cond } };
}

function toRuns(byRun: ReadonlyMap<string, Changed>): readonly ChangesOfRun[] {
  return [...byRun].map(([runId, changed]) => ({ runId, ...changed }));
}
