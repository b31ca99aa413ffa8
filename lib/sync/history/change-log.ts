import type { Connection } from 'mongoose';
import type { ChangeRow, RemovalRow } from '../../../models/change-row.js';
import { syncChangeCollection, type SyncChangeRecord } from '../../../models/sync-change.js';
import type { Clock } from '../../clock.js';
import type { ActiveRun } from '../run/active-run.js';
import { commitOne } from '../run/commit-units.js';
import { within, type Transaction } from '../run/transaction.js';
import { countRows } from './count-rows.js';
import { toParts } from './document-parts.js';
import type { RowPlace } from './row-place.js';

/** Some rows that are stored together. */
export interface ChangeChunk<Row extends ChangeRow = ChangeRow> {
  readonly id: string;
  readonly rows: readonly Row[];
}

/** A row, and where it stands. */
export interface PlacedRow extends RowPlace {
  readonly row: RemovalRow;
}

/** Where one run writes down what it does, in the transaction that does it. */
export interface ChangeLog {
  /** Keeps rows about what has been written in this transaction. */
  write(rows: readonly ChangeRow[], tx: Transaction): Promise<void>;
  /** Keeps removals, in chunks, that wait for the end of the sweep. */
  collect(rows: readonly RemovalRow[]): Promise<void>;
  /** Stores what {@link collect} still holds. */
  flush(): Promise<void>;
  /** Replaces collected rows by what has become of them. */
  replace(rows: readonly PlacedRow[], tx: Transaction): Promise<void>;
  /** The removals of this run, or of another, in the order they were collected. */
  removals(ofRun?: string): AsyncIterable<ChangeChunk<RemovalRow>>;
  /** What another run, or this one, has written as the pages came. */
  writes(ofRun: string): AsyncIterable<ChangeChunk>;
  /** How many rows {@link writes} has. */
  countWrites(ofRun: string): Promise<number>;
}

const DAY_MS = 86_400_000;
/** Most rows in a document of removals. */
const CHUNK_ROWS = 250;

/** `days`: how long the rows are kept. */
export function createChangeLog(
  connection: Connection,
  { id: runId, transactions, signal }: Pick<ActiveRun, 'id' | 'transactions' | 'signal'>,
  { days, clock }: { readonly days: number; readonly clock: Clock },
): ChangeLog {
  const changes = syncChangeCollection(connection);
  /** A number is used once; that of a transaction that was not committed is missing. */
  const numbers = { p: 0, r: 0 };
  const collected: RemovalRow[] = [];

  async function store(part: 'p' | 'r', rows: readonly ChangeRow[], tx: Transaction): Promise<void> {
    const at = clock();
    const expiresAt = new Date(at.getTime() + days * DAY_MS);
    const records = toParts(rows).map((own): SyncChangeRecord => {
      const _id = `${runId}/${part}/${String((numbers[part] += 1)).padStart(7, '0')}`;
      return { _id, at, expiresAt, rows: [...own] };
    });
    if (records.length > 0) await changes.insertMany(records, within(tx));
  }

  async function storeCollected(rows: readonly RemovalRow[]): Promise<void> {
    if (rows.length > 0) await commitOne({ transactions, signal }, ({ tx }) => store('r', rows, tx));
  }

  async function* read(part: string): AsyncIterable<ChangeChunk> {
    // Each chunk is read by itself: a cursor would meet what is replaced meanwhile.
    for (let last = `${part}/`; ;) {
      const chunk = await changes.findOne(between(last, `${part}/~`), { sort: { _id: 1 } });
      if (!chunk) return;
      yield { id: chunk._id, rows: chunk.rows };
      last = chunk._id;
    }
  }

  const log: ChangeLog = {
    write: (rows, tx) => store('p', rows, tx),

    async collect(rows) {
      collected.push(...rows);
      while (collected.length >= CHUNK_ROWS) await storeCollected(collected.splice(0, CHUNK_ROWS));
    },

    async flush() {
      await storeCollected(collected.splice(0));
    },

    async replace(rows, tx) {
      const byChunk = new Map<string, Record<string, RemovalRow>>();
      for (const { chunkId, index, row } of rows) {
        const replaced = byChunk.get(chunkId) ?? {};
        replaced[`rows.${index}`] = row;
        byChunk.set(chunkId, replaced);
      }
      const updates = [...byChunk].map(([_id, $set]) => ({
        updateOne: { filter: { _id }, update: { $set } },
      }));
      if (updates.length > 0) await changes.bulkWrite(updates, within(tx));
    },

    async *removals(ofRun = runId) {
      if (ofRun === runId) await log.flush();
      for await (const { id, rows } of read(`${ofRun}/r`)) yield { id, rows: rows as RemovalRow[] };
    },

    writes: (ofRun) => read(`${ofRun}/p`),

    countWrites: (ofRun) => countRows(changes, ofRun, 'p'),
  };
  return log;
}

function between(after: string, before: string): object {
  return { _id: { $gt: after, $lt: before } };
}
