import type { mongo } from 'mongoose';
import { isDuplicateKey, isWriteConflict } from '../../../models/database-errors.js';
import type { UserRecord } from '../../../models/user.js';
import { RefusedWrite, type WriteFailure } from '../run/write-failure.js';
import { userIdOf, type UserUpdate, type UserWrite } from './user-store.js';

/** One operation of a bulk write. A user is written by `_id` alone: the transaction says who was read. */
export function toOperation(write: UserWrite): mongo.AnyBulkWriteOperation<UserRecord> {
  if (write.kind === 'insert') return { insertOne: { document: write.user } };
  const { userId, set, unset = [], add = {} } = write;
  const update = {
    ...(Object.keys(set).length > 0 ? { $set: set } : {}),
    ...(unset.length > 0 ? { $unset: Object.fromEntries(unset.map((path) => [path, ''])) } : {}),
    ...(Object.keys(add).length > 0 ? { $addToSet: add } : {}),
  };
  return { updateOne: { filter: { _id: userId }, update: update as object } };
}

/** Whether the update changes who has a name or an address, or whom an owner is linked to. */
export function isAboutNames({ set, unset = [] }: UserUpdate): boolean {
  return (
    ['username', 'emails', 'services', 'services.ldap.id'].some((path) => path in set) ||
    unset.includes('services.ldap')
  );
}

/** Whether the write ends the user's sessions: then what other applications were granted goes, too. */
export function endsSessions(write: UserWrite): boolean {
  return (
    write.kind === 'update' && ['services', 'services.resume.loginTokens'].some((path) => path in write.set)
  );
}

/** Whether the write removes whatever opened the account until now, while the account stays on. */
export function closesAccount(write: UserWrite): boolean {
  return write.kind === 'update' && 'services' in write.set;
}

/** Which user a bulk write failed at, and why; `undefined` when it failed as a whole. */
export function toRefusal(error: unknown, writes: readonly UserWrite[]): RefusedWrite | undefined {
  const [first] = toWriteErrors(error);
  const write = first && writes[first.index];
  if (!write || isWriteConflict(error) || isWriteConflict(first)) return undefined;
  const message = first.errmsg ?? 'The database gave no reason.';
  const failure: WriteFailure = !isDuplicateKey(first)
    ? { kind: 'failed', message }
    : { kind: EXTENSION_INDEX.test(message) ? 'extension-taken' : 'duplicate' };
  return new RefusedWrite(userIdOf(write), failure, error);
}

/** The message goes on with the value, which may be any text. */
const EXTENSION_INDEX = /^[^{]{0,300}\b(?:sipExtension|freeSwitchExtension)_1\b/;

interface WriteErrorLike {
  readonly index: number;
  readonly code?: number;
  readonly errmsg?: string;
}

function toWriteErrors(error: unknown): readonly WriteErrorLike[] {
  const found = (error as { writeErrors?: unknown }).writeErrors;
  if (found === undefined) return [];
  const list = (Array.isArray(found) ? found : [found]) as readonly (WriteErrorLike & {
    err?: WriteErrorLike;
  })[];
  return list.map((item) => item.err ?? item);
}
