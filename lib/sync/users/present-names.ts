import type { Connection } from 'mongoose';
import { userCollection } from '../../../models/user.js';
import { LOOK_UP_BATCH, toBatches } from '../../batches.js';
import { within, type Transaction } from '../run/transaction.js';

/** How a user is called at present. */
export interface PresentName {
  readonly username: string;
  /** The former user name, as long as it is not replaced everywhere. */
  readonly renamedFrom?: string;
  /** What people read: the display name, or the user name of somebody without one. */
  readonly shown: string;
}

/** The present names of users, by id. Who is gone, or has no user name, is not among them. */
export async function readPresentNames(
  connection: Connection,
  ids: Iterable<string>,
  tx: Transaction,
): Promise<ReadonlyMap<string, PresentName>> {
  const names = new Map<string, PresentName>();
  for (const batch of toBatches([...new Set(ids)], LOOK_UP_BATCH)) {
    const users = await userCollection(connection)
      .find(
        { _id: { $in: batch } },
        { ...within(tx), projection: { username: 1, name: 1, 'ldapSync.renamedFrom': 1 } },
      )
      .toArray();
    for (const { _id, username, name, ldapSync } of users) {
      if (typeof username !== 'string') continue;
      const { renamedFrom } = ldapSync ?? {};
      names.set(_id, {
        username,
        shown: typeof name === 'string' && name !== '' ? name : username,
        ...(renamedFrom === undefined ? {} : { renamedFrom }),
      });
    }
  }
  return names;
}
