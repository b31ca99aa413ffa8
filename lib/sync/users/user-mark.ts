import type { Connection } from 'mongoose';
import { userCollection, type UnfinishedWork } from '../../../models/user.js';
import { within, type Transaction } from '../run/transaction.js';

/**
 * The filter that finds users with this mark by the index on the list of marks. A host's document may hold anything
 * there; only a list can be shortened when the work is done.
 */
export function hasUnfinished(work: UnfinishedWork): object {
  return { 'ldapSync.unfinished': work, 'ldapSync.unfinished.0': { $exists: true } };
}

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
 * Takes the mark off those of these users, found by `hasUnfinished`, for whom the filter is true, and what is left of
 * `ldapSync` when that is nothing. Says how many there were.
 */
export async function unmark(
  userIds: readonly string[],
  { work, filter = {} }: { readonly work: UnfinishedWork; readonly filter?: object },
  { connection, tx }: Unmarking,
): Promise<number> {
  const users = userCollection(connection);
  const these = { _id: { $in: [...userIds] } };
  const { matchedCount } = await users.updateMany(
    { ...these, ...filter },
    { $unset: { [`ldapSync.${work}`]: '' }, $pull: { 'ldapSync.unfinished': work } } as object,
    within(tx),
  );
  await users.updateMany(
    { ...these, 'ldapSync.unfinished': [] },
    { $unset: { 'ldapSync.unfinished': '' } },
    within(tx),
  );
  await users.updateMany({ ...these, ldapSync: {} }, { $unset: { ldapSync: '' } }, within(tx));
  return matchedCount;
}
