import type { Connection } from 'mongoose';
import { userCollection, type UserRecord } from '../../../models/user.js';
import { LOOK_UP_BATCH, toBatches } from '../../batches.js';
import { within, type Transaction } from '../run/transaction.js';

interface Wanted {
  readonly ids: Iterable<string>;
  readonly projection: Readonly<Record<string, 1>>;
}

/** Some fields of the users with these ids, each once. Who is gone is not among them. */
export async function readUsers(
  connection: Connection,
  { ids, projection }: Wanted,
  tx: Transaction,
): Promise<readonly UserRecord[]> {
  const found: UserRecord[] = [];
  for (const batch of toBatches([...new Set(ids)], LOOK_UP_BATCH)) {
    const filter = { _id: { $in: batch } };
    found.push(
      ...(await userCollection(connection)
        .find(filter, { ...within(tx), projection })
        .toArray()),
    );
  }
  return found;
}
