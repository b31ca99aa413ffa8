import type { ChangeRow, RemovalRow } from '../../../models/change-row.js';
import type { Collection } from '../../../models/database.js';
import type { SyncChangeRecord } from '../../../models/sync-change.js';
import { inPart, toRowId } from './row-place.js';

export interface RowDecision {
  /** The ids of the rows; `undefined`: all that wait. */
  readonly rows: ReadonlySet<string> | undefined;
  readonly decided: NonNullable<RemovalRow['decided']>;
  /** Approvals that failed: their rows wait again. */
  readonly reopened: ReadonlySet<string>;
}

/** `waiting`: how many rows still wait. `known`: how many the list has, decided or not; none when it has expired. */
export interface DecidedRows {
  readonly decided: number;
  readonly waiting: number;
  readonly known: number;
}

/** Records a decision about rows of a held list, those that wait and no others; says how many there were. */
export type DecideRows = (runId: string, decision: RowDecision) => Promise<DecidedRows>;

export function createDecideRows(changes: () => Collection<SyncChangeRecord>): DecideRows {
  /** A document that somebody else has decided about in the same moment is read again. */
  async function decideChunk(id: string, decision: RowDecision): Promise<DecidedRows> {
    for (;;) {
      const chunk = await changes().findOne({ _id: id });
      if (!chunk) return { decided: 0, waiting: 0, known: 0 };
      const open = chunk.rows.flatMap((row, index) => (isOpen(row, decision) ? index : []));
      const chosen = open.filter((index) => decision.rows?.has(toRowId({ chunkId: id, index })) ?? true);
      const waiting = open.length - chosen.length;
      const result = { decided: chosen.length, waiting, known: chunk.rows.length };
      if (chosen.length === 0) return result;
      const unchanged = { _id: id, decisions: chunk.decisions ?? (null as never) };
      const $set = Object.fromEntries(chosen.map((index) => [`rows.${index}.decided`, decision.decided]));
      const { matchedCount } = await changes().updateOne(unchanged, {
        $set,
        $inc: { decisions: 1 },
      });
      if (matchedCount === 1) return result;
    }
  }

  return async (runId, decision) => {
    const chunks = await changes()
      .find({ _id: inPart(runId, 'r') }, { projection: { _id: 1 } })
      .toArray();
    const sum = { decided: 0, waiting: 0, known: 0 };
    for (const { _id } of chunks) {
      const { decided, waiting, known } = await decideChunk(_id, decision);
      sum.decided += decided;
      sum.waiting += waiting;
      sum.known += known;
    }
    return sum;
  };
}

/** Whether nobody has decided about the row, or what was to be done about it did not happen. */
export function isOpen(
  { state, decided }: ChangeRow & Pick<RemovalRow, 'decided'>,
  { reopened }: Pick<RowDecision, 'reopened'>,
): boolean {
  if (state !== 'waiting') return false;
  return decided === undefined || (decided.runId !== undefined && reopened.has(decided.runId));
}
