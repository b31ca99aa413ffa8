import type { Connection } from 'mongoose';
import { userCollection } from '../../../models/user.js';
import { within, type Transaction } from '../run/transaction.js';

/** What a run notes at a user until something that has no bound has followed. */
export type UserMark =
  'ldapSync.renamedFrom' | 'ldapSync.namedFrom' | 'ldapSync.switching' | 'ldapSync.joins' | 'ldapSync.mail';

/** The ids of the users for whom a filter is true. */
export async function findUserIds(
  connection: Connection,
  filter: object,
  { limit = 0 }: { readonly limit?: number } = {},
): Promise<string[]> {
  const users = await userCollection(connection)
    .find(filter, { projection: { _id: 1 }, limit })
    .toArray();
  return users.map(({ _id }) => _id);
}

interface Unmarking {
  readonly connection: Connection;
  readonly tx: Transaction;
}

/**
 * Takes the mark off those of these users for whom the filter is true, and what is left of `ldapSync` when that is
 * nothing. Says how many there were.
 */
export async function unmark(
  userIds: readonly string[],
  { mark, filter = {} }: { readonly mark: UserMark; readonly filter?: object },
  { connection, tx }: Unmarking,
): Promise<number> {
  const users = userCollection(connection);
  const these = { _id: { $in: [...userIds] } };
  const { matchedCount } = await users.updateMany(
    { ...these, ...filter },
    { $unset: { [mark]: '' } },
    within(tx),
  );
  await users.updateMany({ ...these, ldapSync: {} }, { $unset: { ldapSync: '' } }, within(tx));
  return matchedCount;
}
