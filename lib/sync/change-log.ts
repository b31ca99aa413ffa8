import type { Connection } from 'mongoose';
import { syncChangeModel, type SyncChangeRecord } from '../../models/sync-change.js';
import type { Clock } from '../clock.js';
import type { ActiveRun } from './active-run.js';
import type { ChangeRow, RemovalRow } from './change-row.js';
import { fenceWrites } from './fenced-writes.js';

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

/** What has been written down, for readers. */
export interface ChangeHistory {
  /** Page by page, in the order it was written. `text` is searched for in names, DNs and values, whatever its case. */
  ofRun(
    runId: string,
    query: ChangeQuery,
  ): Promise<{ readonly rows: readonly ChangeRow[]; readonly total: number }>;
  /** What the last runs did to one user, newest first; within a run, in the order it was written. */
  ofUser(userId: string, runs: number): Promise<readonly ChangesOfRun[]>;
  /** Deletes what is older than it should be, where the database does not do so by itself. */
  prune(now: Date): Promise<void>;
}

export interface ChangesOfRun {
  readonly runId: string;
  /** When the last of them was written down. */
  readonly at: Date;
  readonly rows: readonly ChangeRow[];
}

export interface ChangeQuery {
  readonly outcome: string | undefined;
  readonly text: string | undefined;
  readonly offset: number;
  readonly count: number;
}

const DAY_MS = 86_400_000;
/** Rows in a stored document: far below 16 MB, however long their texts. */
const CHUNK_ROWS = 250;

export function createChangeLog(
  connection: Connection,
  { id: runId, writableMs }: Pick<ActiveRun, 'id' | 'writableMs'>,
  days: number,
  clock: Clock,
): ChangeLog {
  const changes = syncChangeModel(connection).collection;
  const writes = fenceWrites(changes, writableMs);
  const numbers = { p: 0, r: 0 };
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

  const log: ChangeLog = {
    write: (rows) => store('p', rows),

    async collect(rows) {
      collected.push(...rows);
      while (collected.length >= CHUNK_ROWS) await store('r', collected.splice(0, CHUNK_ROWS));
    },

    async flush() {
      if (collected.length > 0) await store('r', collected);
      collected = [];
    },

    async correct(id, rows) {
      await writes.updateOne({ _id: id }, { $set: { rows } });
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

export function createChangeHistory(connection: Connection): ChangeHistory {
  const changes = syncChangeModel(connection).collection;

  return {
    async ofRun(runId, { outcome, text, offset, count }) {
      const rows: ChangeRow[] = [];
      let total = 0;
      const wanted = text?.toLowerCase();
      const cursor = changes.find(between(`${runId}/`, `${runId}/~`), { batchSize: 10 }).sort({ _id: 1 });
      for await (const record of cursor) {
        for (const row of (record as unknown as SyncChangeRecord).rows) {
          if (outcome !== undefined && row.outcome !== outcome) continue;
          if (wanted !== undefined && !isAbout(row, wanted)) continue;
          if (total >= offset && rows.length < count) rows.push(row);
          total += 1;
        }
      }
      return { rows, total };
    },

    async ofUser(userId, runs) {
      const byRun = new Map<string, { at: Date; rows: ChangeRow[] }>();
      const cursor = changes
        .find({ 'rows.userId': userId }, { batchSize: 2 * runs })
        .sort({ at: -1, _id: -1 });
      for await (const record of cursor) {
        const { _id, at, rows } = record as unknown as SyncChangeRecord;
        const runId = _id.slice(0, _id.indexOf('/'));
        const known = byRun.get(runId);
        if (!known && byRun.size === runs) break;
        const own = rows.filter((row) => row.userId === userId);
        if (known) known.rows.unshift(...own);
        else byRun.set(runId, { at, rows: own });
      }
      return [...byRun].map(([runId, changed]) => ({ runId, ...changed }));
    },

    async prune(now) {
      await changes.deleteMany({ expiresAt: { $lt: now } });
    },
  };
}

function between(after: string, before: string): object {
  return { _id: { $gt: after, $lt: before } };
}

function isAbout(row: ChangeRow, text: string): boolean {
  const texts = [
    row.userId,
    row.username,
    row.name,
    row.dn,
    ...row.fields.flatMap(({ from, to }) => [from, to]),
  ];
  return texts.some((value) =>
    (typeof value === 'string' ? value : JSON.stringify(value ?? '')).toLowerCase().includes(text),
  );
}
