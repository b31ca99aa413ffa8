import type { Collection } from '../../../models/database.js';
import type { SyncChangeRecord } from '../../../models/sync-change.js';
import type { ChangeRow, RemovalRow } from '../../../models/change-row.js';
import type { Page } from '../../../models/run-report.js';
import { MAX_ANSWER_BYTES, toSize } from './answer-size.js';
import { toMatcher, type ChangeFilter } from './change-filter.js';
import { toRowId } from './row-place.js';
import { createTurns } from './turns.js';

/** `offset` is a place in the account: every row counts, whether or not it matches. */
export interface ChangeQuery extends ChangeFilter, Page {
  /** Aborts when nobody waits for the answer any more. */
  readonly signal?: AbortSignal;
}

/** A row with the id by which people name it. */
export type IdentifiedRow = ChangeRow &
  Pick<RemovalRow, 'decided' | 'needsDecision' | 'disabledBy' | 'pair'> & { readonly id: string };

export interface ChangePage {
  readonly rows: readonly IdentifiedRow[];
  /** Rows of the account, whether or not they match. */
  readonly total: number;
  /** Where to go on; absent when the account was read to its end. */
  readonly nextOffset?: number;
}

/** Most rows that are read from the database, and looked through, in one go. */
export const SLICE_ROWS = 100;
/** Most rows that one question looks through. */
export const SEARCHED_ROWS = 5_000;

interface Chunk {
  readonly _id: string;
  readonly size: number;
}

interface Slice {
  readonly chunkId: string;
  /** The place of the first row in the chunk. */
  readonly from: number;
  readonly count: number;
}

/**
 * Reads the account of a run. A search goes through the account slice by slice; it may end early, with the
 * place where to go on. However many searches run at once, only one slice is in memory at a time.
 */
export function createAccountReader(
  changes: () => Collection<SyncChangeRecord>,
): (runId: string, query: ChangeQuery) => Promise<ChangePage> {
  const takeTurn = createTurns();

  async function measure(runId: string): Promise<readonly Chunk[]> {
    return (await changes()
      .aggregate([
        { $match: { _id: { $gt: `${runId}/`, $lt: `${runId}/~` } } },
        { $sort: { _id: 1 } },
        { $project: { size: { $size: '$rows' } } },
      ])
      .toArray()) as unknown as Chunk[];
  }

  async function readSlice({ chunkId, from, count }: Slice): Promise<readonly IdentifiedRow[]> {
    const projection = { rows: { $slice: [from, count] } };
    const record = await changes().findOne({ _id: chunkId }, { projection });
    return (record?.rows ?? []).map((row, index) => ({
      ...row,
      id: toRowId({ chunkId, index: from + index }),
    }));
  }

  return async (runId, { offset, count, signal, ...filter }) => {
    const chunks = await measure(runId);
    const total = chunks.reduce((sum, { size }) => sum + size, 0);
    const isSearch = filter.outcome !== undefined || filter.text !== undefined;
    const matches = toMatcher(filter);
    const end = Math.min(total, offset + (isSearch ? SEARCHED_ROWS : count));
    const rows: IdentifiedRow[] = [];
    let bytes = 0;
    let position = offset;

    for (const slice of toSlices(chunks, offset, end)) {
      if (signal?.aborted) break;
      const isFull = await takeTurn(async () => look(await readSlice(slice)));
      if (isFull) break;
      position = slice.start + slice.count;
    }
    return { rows, total, ...(position < total ? { nextOffset: position } : {}) };

    /** True when no further row fits into the answer. */
    function look(slice: readonly IdentifiedRow[]): boolean {
      for (const row of slice) {
        if (matches(row)) {
          const size = toSize(row);
          if (rows.length > 0 && bytes + size > MAX_ANSWER_BYTES) return true;
          rows.push(row);
          bytes += size;
        }
        position += 1;
        if (rows.length === count) return true;
      }
      return false;
    }
  };
}

/**
 * The rows from `offset` on and before `end`, as what is read in one go. `start`: the place of its first row
 * in the account.
 */
function* toSlices(
  chunks: readonly Chunk[],
  offset: number,
  end: number,
): Generator<Slice & { readonly start: number }> {
  let first = 0;
  for (const { _id, size } of chunks) {
    const until = Math.min(first + size, end);
    for (let start = Math.max(first, offset); start < until;) {
      const count = Math.min(SLICE_ROWS, until - start);
      yield { chunkId: _id, from: start - first, count, start };
      start += count;
    }
    first += size;
  }
}
