import type { Connection } from 'mongoose';
import type { Collection } from '../../../models/database.js';
import { isAboutDocument } from '../../../models/database-errors.js';
import { userCollection, type UserRecord } from '../../../models/user.js';
import { LOOK_UP_BATCH, toBatches } from '../../batches.js';
import { fenceWrites, type FencedWrites } from './fenced-writes.js';
import type { StoreLease } from './store-lease.js';

/** The mark of a user who is about to lose something. */
export const CLAIM = 'ldapSync.claim';
/**
 * The mark of a user who has got another name or value, until the account says so. It holds the id of the
 * run.
 */
export const TAKEN = 'ldapSync.takenByRun';
/** The mark of a user whose link is in doubt. */
export const UNCONFIRMED = 'ldapSync.unconfirmedBy';

/** The marks on users that one run sets and takes off. */
export interface UserMarks {
  /**
   * Marks users as about to lose something to this run; nothing is taken from a user without the mark. A run
   * that takes over from a dead run drops the marks of the dead run first, so that the dead run takes nothing
   * away if it wakes up. Returns the ids of the users whom the database refuses to mark.
   */
  claim(userIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** Takes off the marks that are left. `isWrittenDown`: the account of the run says what became of them. */
  unclaim(userIds: readonly string[], isWrittenDown: boolean): Promise<void>;
  /** The links of these users are no longer in doubt. */
  confirmLinks(userIds: readonly string[]): Promise<void>;
  /** Confirms the links of all users whom these runs have linked. */
  confirmLinksOf(runIds: readonly string[]): Promise<void>;
}

/** Users, to be read and to be written. */
interface MarkedUsers {
  readonly reads: Pick<Collection<UserRecord>, 'find'>;
  readonly writes: Pick<FencedWrites, 'updateOne' | 'updateMany'>;
}

/**
 * Takes off the marks of all earlier runs, and the fields that this leaves empty. A run that takes over from
 * a dead run does this.
 */
export async function dropOlderClaims(
  connection: Connection,
  { fence, writableMs }: Pick<StoreLease, 'fence' | 'writableMs'>,
): Promise<void> {
  const users = openUsers(connection, writableMs);
  await updateEach(users, { [CLAIM]: { $lt: fence } }, { $unset: { [CLAIM]: '' } });
  await dropEmpty(users, {});
}

/** Takes off the marks that a run gave users another name or value: the account says so by now. */
export async function dropTaken(
  connection: Connection,
  runId: string,
  { writableMs }: Pick<StoreLease, 'writableMs'>,
): Promise<void> {
  const users = openUsers(connection, writableMs);
  await updateEach(users, { [TAKEN]: runId }, { $unset: { [TAKEN]: '' } });
  await dropEmpty(users, {});
}

function openUsers(connection: Connection, permit: StoreLease['writableMs']): MarkedUsers {
  const reads = userCollection(connection);
  return { reads, writes: fenceWrites(reads, permit) };
}

export function createUserMarks(users: MarkedUsers, { id, fence, mayWrite }: StoreLease): UserMarks {
  return {
    async claim(userIds) {
      const refused = new Set<string>();
      await mayWrite();
      for (const batch of toBatches(userIds, LOOK_UP_BATCH)) {
        for (const userId of await updateEach(users, those(batch), { $set: { [CLAIM]: fence } }))
          refused.add(userId);
      }
      await mayWrite();
      return refused;
    },

    async unclaim(userIds, isWrittenDown) {
      for (const batch of toBatches(userIds, LOOK_UP_BATCH)) {
        await updateEach(users, { ...those(batch), [CLAIM]: fence }, { $unset: { [CLAIM]: '' } });
        if (isWrittenDown)
          await updateEach(users, { ...those(batch), [TAKEN]: id }, { $unset: { [TAKEN]: '' } });
        // Also cleans users who lost the mark together with what it announced.
        await dropEmpty(users, those(batch));
      }
    },

    async confirmLinks(userIds) {
      for (const batch of toBatches(userIds, LOOK_UP_BATCH))
        await confirm(users, { ...those(batch), [UNCONFIRMED]: { $ne: null } }, those(batch));
    },

    async confirmLinksOf(runIds) {
      for (const batch of toBatches(runIds, LOOK_UP_BATCH))
        await confirm(users, { [UNCONFIRMED]: { $in: batch } }, {});
    },
  };
}

function those(userIds: readonly string[]): object {
  return { _id: { $in: userIds } };
}

/** `among`: the users in whom to look for the empty field that the mark leaves. */
async function confirm(users: MarkedUsers, whom: object, among: object): Promise<void> {
  const { matchedCount } = await users.writes.updateMany(whom, { $unset: { [UNCONFIRMED]: '' } });
  if (matchedCount > 0) await dropEmpty(users, among);
}

async function dropEmpty(users: MarkedUsers, among: object): Promise<void> {
  await updateEach(users, { ...among, ldapSync: {} }, { $unset: { ldapSync: '' } });
}

/**
 * A user whom the database refuses does not stop the update of others. Returns the ids of the refused users.
 */
async function updateEach(
  { reads, writes }: MarkedUsers,
  filter: object,
  update: object,
): Promise<readonly string[]> {
  try {
    await writes.updateMany(filter, update);
    return [];
  } catch (error) {
    if (!isAboutDocument(error)) throw error;
  }
  const refused: string[] = [];
  for (const { _id } of await reads.find(filter, { projection: { _id: 1 } }).toArray()) {
    try {
      await writes.updateOne({ _id }, update);
    } catch (error) {
      if (!isAboutDocument(error)) throw error;
      refused.push(_id);
    }
  }
  return refused;
}
