import type { Connection } from 'mongoose';
import { openCollection } from '../../../models/database.js';
import { within, type Transaction } from '../run/transaction.js';
import type { FollowingDocuments } from './follow-documents.js';
import type { PresentName } from './present-names.js';

/** A user and how the user is called. */
export interface NamedUser extends PresentName {
  readonly userId: string;
}

/** What belongs to one batch of documents. */
export interface NameBatch {
  readonly connection: Connection;
  readonly tx: Transaction;
  /** As the transaction sees the user. */
  readonly user: NamedUser;
  readonly ids: readonly string[];
}

/** A place where Rocket.Chat repeats the name of a user. */
export interface NamePlace {
  readonly collection: string;
  /**
   * The documents to look at: found by the user's id and never by a former name, which somebody else may have
   * by now. Those that are right already are left out where a filter can tell.
   */
  readonly find: (user: NamedUser) => object;
  /** The fields that `weigh` needs. */
  readonly reads?: object;
  /** How many documents may be written for one that is found. @default 1 */
  readonly weigh?: (document: object) => number;
  /** Brings the documents up to date. May be repeated. */
  readonly update: (batch: NameBatch) => Promise<void>;
}

/** A place where Rocket.Chat repeats the display names of users. */
export interface ShownNamePlace extends Omit<FollowingDocuments, 'filter'> {
  /** The documents that have the names of some of these users. */
  readonly find: (userIds: readonly string[]) => object;
  /** Brings the documents up to date. May be repeated. */
  readonly update: (batch: Omit<NameBatch, 'user'>) => Promise<void>;
}

/** As every write of Rocket.Chat: clients ask for what has changed since they looked last. */
export const TOUCHED = { $currentDate: { _updatedAt: true } } as const;

interface Repetition {
  readonly collection: string;
  readonly find: (user: NamedUser) => object;
  /** Where the user name stands in the documents that are found. */
  readonly path: string;
  readonly arrayFilters?: (user: NamedUser) => object[];
}

/** A place whose every document has the user name of one user in one field. */
function toPlace({ collection, find, path, arrayFilters }: Repetition): NamePlace {
  return {
    collection,
    find,
    async update({ connection, tx, user, ids }) {
      await openCollection(connection, collection).updateMany(
        { _id: { $in: [...ids] }, ...find(user) },
        { $set: { [path]: user.username }, ...TOUCHED },
        { ...within(tx), ...(arrayFilters ? { arrayFilters: arrayFilters(user) } : {}) },
      );
    },
  };
}

/** A user name beside the id of its user. */
export function beside(
  collection: string,
  { id, name }: { readonly id: string; readonly name: string },
): NamePlace {
  const find = ({ userId, username }: NamedUser) => ({ [id]: userId, [name]: { $ne: username } });
  return toPlace({ collection, find, path: name });
}

/** A user name beside the id of its user, in documents of which not every version of Rocket.Chat writes the name. */
export function besideIfNamed(
  collection: string,
  { id, name }: { readonly id: string; readonly name: string },
): NamePlace {
  const place = beside(collection, { id, name });
  return { ...place, find: (user) => ({ [id]: user.userId, [name]: { $gt: '', $ne: user.username } }) };
}

/** A list whose elements have a user's `_id` and `username`. */
export function inList(collection: string, list: string): NamePlace {
  const find = ({ userId, username }: NamedUser) => ({
    [list]: { $elemMatch: { _id: userId, username: { $ne: username } } },
  });
  const arrayFilters = ({ userId }: NamedUser) => [{ 'user._id': userId }];
  return toPlace({ collection, find, path: `${list}.$[user].username`, arrayFilters });
}
