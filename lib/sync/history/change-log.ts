import type { Connection } from 'mongoose';
import { syncChangeCollection, type SyncChangeRecord } from '../../../models/sync-change.js';
import type { Clock } from '../../clock.js';
import type { ActiveRun } from '../run/active-run.js';
import type { ChangeRow, RemovalRow } from '../../../models/change-row.js';
import { fenceWrites } from '../run/fenced-writes.js';
import { toParts } from './document-parts.js';

/** Some rows that are stored together. */
export interface ChangeChunk<Row extends ChangeRow = ChangeRow> {
  readonly id: string;
  readonly rows: readonly Row[];
}

/** Where one run writes down what it does, before it does it. */
export interface ChangeLog {
  /** Keeps rows and gives the chunk's id, under which they can be corrected. */
  write(rows: readonly ChangeRow[]): Promise<string>;
  /** Keeps removals, in chunks, that wait for the end of the sweep. */
  collect(rows: readonly RemovalRow[]): Promise<void>;
  /** Stores what {@link collect} still holds. */
  flush(): Promise<void>;
  correct(id: string, rows: readonly ChangeRow[]): Promise<void>;
  /** The removals of this run, or of another, in the order they were collected. */
  removals(ofRun?: string): AsyncIterable<ChangeChunk<RemovalRow>>;
}

const DAY_MS = 86_400_000;
/** Most rows in a document of removals. */
const CHUNK_ROWS = 250;

/** `days`: how long the rows are kept. */
export function createChangeLog(
  connection: Connection,
  { id: runId, writableMs }: Pick<ActiveRun, 'id' | 'writableMs'>,
  { days, clock }: { readonly days: number; readonly clock: Clock },
): ChangeLog {
  const changes = syncChangeCollection(connection);
  const writes = fenceWrites(changes, writableMs);
  const numbers = { p: 0, r: 0 };
  /** For rows that were written into more than one document: how many rows each document has. */
  const divided = new Map<string, readonly { readonly id: string; readonly rows: number }[]>();
  let collected: RemovalRow[] = [];

  async function store(part: 'p' | 'r', rows: readonly ChangeRow[]): Promise<string> {
    const at = clock();
    const _id = `${runId}/${part}/${String((numbers[part] += 1)).padStart(7, '0')}`;
    const record: SyncChangeRecord = {
      _id,
      at,
      expiresAt: new Date(at.getTime() + days * DAY_MS),
      rows: [...rows],
    };
    await writes.insertOne(record);
    return _id;
  }

  async function storeRemovals(rows: readonly RemovalRow[]): Promise<void> {
    for (const part of toParts(rows)) await store('r', part);
  }

  const log: ChangeLog = {
    async write(rows) {
      const parts: { id: string; rows: number }[] = [];
      for (const part of toParts(rows)) parts.push({ id: await store('p', part), rows: part.length });
      const id = parts[0]?.id ?? (await store('p', []));
      if (parts.length > 1) divided.set(id, parts);
      return id;
    },

    async collect(rows) {
      collected.push(...rows);
      while (collected.length >= CHUNK_ROWS) await storeRemovals(collected.splice(0, CHUNK_ROWS));
    },

    async flush() {
      await storeRemovals(collected);
      collected = [];
    },

    async correct(id, rows) {
      let from = 0;
      for (const part of divided.get(id) ?? [{ id, rows: rows.length }]) {
        const own = rows.slice(from, (from += part.rows));
        await writes.updateOne({ _id: part.id }, { $set: { rows: own } });
      }
    },

    async *removals(ofRun = runId) {
      if (ofRun === runId) await log.flush();
      // Each chunk is read by itself: a cursor would meet its own corrections.
      for (let last = `${ofRun}/r/`; ;) {
        const [chunk] = (await changes
          .find(between(last, `${ofRun}/r/~`))
          .sort({ _id: 1 })
          .limit(1)
          .toArray()) as unknown as SyncChangeRecord[];
        if (!chunk) return;
        yield { id: chunk._id, rows: chunk.rows as RemovalRow[] };
        last = chunk._id;
      }
    },
  };
  return log;
}

function between(after: string, before: string): object {
  return { _id: { $gt: after, $lt: before } };
}
