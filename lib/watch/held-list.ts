import { createHash } from 'node:crypto';
import type { Connection } from 'mongoose';
import type { ChangeRow, RemovalRow } from '../../models/change-row.js';
import { syncChangeCollection } from '../../models/sync-change.js';
import { inPart } from '../sync/history/row-place.js';

/** A short text that is the same for the same list of what waits for a decision, whatever its order. */
export type ReadHeldList = (runId: string) => Promise<string>;

type WaitingRow = ChangeRow & Pick<RemovalRow, 'decided' | 'room'>;

/** Reads the list document by document: it may be long. */
export function createReadHeldList(connection: Connection): ReadHeldList {
  return async (runId) => {
    const lists = syncChangeCollection(connection).find(
      { _id: inPart(runId, 'r') },
      { projection: { rows: 1 }, batchSize: 1 },
    );
    const sum = Buffer.alloc(32);
    for await (const { rows } of lists)
      for (const row of rows as readonly WaitingRow[])
        if (row.state === 'waiting' && row.decided === undefined) add(sum, row);
    return sum.toString('base64');
  };
}

/** No row is there twice, so that no two cancel each other out: of several rooms that a user leaves, each has its own. */
function add(sum: Buffer, { kind, userId, fields, room }: WaitingRow): void {
  const wanted = JSON.stringify([kind, userId, fields.map(({ field, to }) => [field, to]), room?.rid]);
  const digest = createHash('sha256').update(wanted).digest();
  for (const [index, byte] of digest.entries()) sum[index] = (sum[index] as number) ^ byte;
}
