import type { Connection } from 'mongoose';
import type { Transaction } from '../run/transaction.js';
import { readUsers } from './read-users.js';

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
  const projection = { username: 1, name: 1, 'ldapSync.renamedFrom': 1 } as const;
  for (const { _id, username, name, ldapSync } of await readUsers(connection, { ids, projection }, tx)) {
    if (typeof username !== 'string') continue;
    const { renamedFrom } = ldapSync ?? {};
    names.set(_id, {
      username,
      shown: typeof name === 'string' && name !== '' ? name : username,
      ...(renamedFrom === undefined ? {} : { renamedFrom }),
    });
  }
  return names;
}
