import type { Connection } from 'mongoose';
import { userModel } from '../../models/user.js';
import { toBatches } from '../batches.js';
import { fenceWrites, type FencedWrites } from './fenced-writes.js';
import type { StoreLease } from './mongo-user-store.js';
import type { UserStore } from './user-store.js';

/** The mark of a user who is about to lose something. */
export const CLAIM = 'ldapSync.claim';
/** The mark of a user whose link is in doubt. */
export const UNCONFIRMED = 'ldapSync.unconfirmedBy';

const BATCH = 250;

type Users = Pick<FencedWrites, 'updateMany'>;

/** Takes the marks of all earlier runs off, and what they have left empty: for whoever takes over from a run that died. */
export async function dropOlderClaims(connection: Connection, { fence, writableMs }: Pick<StoreLease, 'fence' | 'writableMs'>): Promise<void> {
  const users = fenceWrites(userModel(connection).collection, writableMs);
  await users.updateMany({ [CLAIM]: { $lt: fence } }, { $unset: { [CLAIM]: '' } });
  await dropEmpty(users, {});
}

/** The marks that one run sets and takes off. */
export function createUserMarks(
  users: Users,
  { fence, mayWrite }: StoreLease,
): Pick<UserStore, 'claim' | 'unclaim' | 'confirmLinks' | 'confirmLinksOf'> {
  return {
    async claim(userIds) {
      await mayWrite();
      for (const batch of toBatches(userIds, BATCH)) await users.updateMany(those(batch), { $set: { [CLAIM]: fence } });
      await mayWrite();
    },

    async unclaim(userIds) {
      for (const batch of toBatches(userIds, BATCH)) {
        await users.updateMany({ ...those(batch), [CLAIM]: fence }, { $unset: { [CLAIM]: '' } });
        // Also where the mark went with what it announced.
        await dropEmpty(users, those(batch));
      }
    },

    async confirmLinks(userIds) {
      for (const batch of toBatches(userIds, BATCH)) await unmark(users, UNCONFIRMED, { ...those(batch), [UNCONFIRMED]: { $ne: null } }, those(batch));
    },

    async confirmLinksOf(runIds) {
      for (const batch of toBatches(runIds, BATCH)) await unmark(users, UNCONFIRMED, { [UNCONFIRMED]: { $in: batch } });
    },
  };
}

function those(userIds: readonly string[]): object {
  return { _id: { $in: userIds } };
}

/** `among`: whom else to look at for what the mark leaves empty; by default everybody. */
async function unmark(users: Users, mark: string, whom: object, among: object = {}): Promise<void> {
  const { matchedCount } = await users.updateMany(whom, { $unset: { [mark]: '' } });
  if (matchedCount > 0) await dropEmpty(users, among);
}

async function dropEmpty(users: Users, among: object): Promise<void> {
  await users.updateMany({ ...among, ldapSync: {} }, { $unset: { ldapSync: '' } });
}
