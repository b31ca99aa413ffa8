import type { Connection } from 'mongoose';
import { toReadableEmails, userModel, type UserRecord } from '../../models/user.js';
import { createClaimLookup } from './claim-lookup.js';
import type { DeactivationCandidate, UserChange, UserStore } from './user-store.js';
import { renameEverywhere } from './rename.js';
import { toWriteFailures } from './write-failures.js';

/** MongoDB likes larger lists, other servers of its protocol do not; this is good on both. */
const BATCH = 250;
const WRITE_BATCH = 100;

/** What a run needs to know of a stored user: the managed fields, and never a secret. */
const MANAGED_PROJECTION = {
  type: 1,
  username: 1,
  name: 1,
  emails: 1,
  active: 1,
  roles: 1,
  ldap: 1,
  importIds: 1,
  sipExtension: 1,
  avatarETag: 1,
  avatarOrigin: 1,
  ldapSync: 1,
  'services.ldap': 1,
} as const;

const ACTIVE_LINKED = { ldap: true, active: { $ne: false }, 'services.ldap.id': { $type: 'string' } };

/** Users in Rocket.Chat's `users` collection, on the host's connection. One store serves one run. */
export function createMongoUserStore(connection: Connection): UserStore {
  const users = userModel(connection).collection;
  const claims = createClaimLookup(users);

  return {
    findClaims: claims.find,

    async findLinked(ldapIds) {
      return groupByLdapId(await findManaged('services.ldap.id', ldapIds));
    },

    async findById(userIds) {
      return new Map((await findManaged('_id', userIds)).map((user) => [user._id, user]));
    },

    async insert(records) {
      const failures = await toWriteFailures(
        batches(records, WRITE_BATCH).map((batch) => ({
          ids: batch.map(({ _id }) => _id),
          run: () => users.insertMany(batch as never[], { ordered: false }),
        })),
      );
      await claims.remember(records.filter(({ _id }) => !failures.has(_id)));
      return failures;
    },

    async update(changes, now) {
      const failures = await toWriteFailures(
        batches(changes, WRITE_BATCH).map((batch) => ({
          ids: batch.map(({ userId }) => userId),
          run: () => users.bulkWrite(batch.map((change) => toUpdate(change, now)) as never[], { ordered: false }),
        })),
      );
      await claims.refresh(changes.filter(({ diff }) => diff.set.has('emails') || diff.set.has('services.ldap.id')).map(({ userId }) => userId));
      return failures;
    },

    countActiveLinked: () => users.countDocuments(ACTIVE_LINKED),

    activeLinked: () =>
      users.find<UserRecord>(ACTIVE_LINKED, {
        projection: { username: 1, name: 1, roles: 1, 'services.ldap': 1 },
        batchSize: 1_000,
      }),

    async deactivate(candidate, runId, now) {
      if (candidate.isAdmin && (await countOtherActiveAdmins(candidate.userId)) === 0) return 'last-admin';
      const { modifiedCount } = await users.updateOne(
        { _id: candidate.userId as never, active: { $ne: false }, 'services.ldap.id': candidate.ldapId },
        { $set: toDeactivation(candidate, runId, now) },
      );
      return modifiedCount === 1 ? 'done' : 'changed';
    },

    async rename(userId, from, to, now) {
      const owner = (await claims.find([to], [])).usernames.get(to.toLowerCase());
      if (owner && owner._id !== userId) return 'duplicate';
      const result = await renameEverywhere(connection, { userId, from, to, now });
      if (result === 'done') await claims.refresh([userId]);
      return result;
    },

    async clear(userId, fields, now) {
      const unset = Object.fromEntries(fields.map((field) => [field, '']));
      await users.updateOne({ _id: userId as never }, { $unset: unset, $set: { _updatedAt: now } });
    },

    async finishRename(userId) {
      await users.updateOne({ _id: userId as never }, { $unset: { 'ldapSync.renamedFrom': '' } });
    },
  };

  async function findManaged(field: string, values: readonly string[]): Promise<UserRecord[]> {
    const options = { projection: MANAGED_PROJECTION, batchSize: BATCH + 1 };
    const found = await Promise.all(batches(values).map((batch) => users.find({ [field]: { $in: batch } }, options).toArray()));
    return (found.flat() as unknown as UserRecord[]).map(withReadableEmails);
  }

  function countOtherActiveAdmins(userId: string): Promise<number> {
    return users.countDocuments({ roles: 'admin', active: { $ne: false }, _id: { $ne: userId as never } }, { limit: 1 });
  }
}

function toDeactivation({ because }: DeactivationCandidate, runId: string, now: Date): Record<string, unknown> {
  return {
    active: false,
    inactiveReason: 'deactivated',
    'services.resume.loginTokens': [],
    'ldapSync.deactivatedAt': now,
    'ldapSync.deactivatedBecause': because,
    'ldapSync.deactivatedByRun': runId,
    _updatedAt: now,
  };
}

function toUpdate({ userId, diff, photo }: UserChange, now: Date): object {
  const set: Record<string, unknown> = { ...Object.fromEntries(diff.set), _updatedAt: now };
  const unset: Record<string, ''> = {};
  if (diff.activation === 'activate') {
    set.active = true;
    for (const field of ['inactiveReason', 'ldapSync.deactivatedAt', 'ldapSync.deactivatedBecause', 'ldapSync.deactivatedByRun']) {
      unset[field] = '';
    }
  }
  if (photo) {
    set['ldapSync.photo'] = photo.hash;
    if (photo.etag !== undefined) Object.assign(set, { avatarETag: photo.etag, avatarOrigin: 'rest' });
  }
  return {
    updateOne: {
      filter: { _id: userId },
      update: {
        $set: set,
        ...(Object.keys(unset).length > 0 ? { $unset: unset } : {}),
        ...(diff.addImportId === undefined ? {} : { $addToSet: { importIds: diff.addImportId } }),
      },
    },
  };
}

/** The host's documents may hold anything; copies only what has to be mended. */
function withReadableEmails(user: UserRecord): UserRecord {
  const emails = toReadableEmails(user.emails);
  return user.emails === undefined || emails === user.emails ? user : { ...user, emails };
}

function groupByLdapId(found: readonly UserRecord[]): ReadonlyMap<string, readonly UserRecord[]> {
  const groups = new Map<string, UserRecord[]>();
  for (const user of found) {
    const id = user.services?.ldap?.id ?? '';
    const group = groups.get(id);
    if (group) group.push(user);
    else groups.set(id, [user]);
  }
  return groups;
}

function batches<T>(items: readonly T[], size = BATCH): T[][] {
  const result: T[][] = [];
  for (let start = 0; start < items.length; start += size) result.push(items.slice(start, start + size));
  return result;
}
