import type { Connection } from 'mongoose';
import { ACTIVE_USER } from '../../../models/active-user.js';
import { toReadableEmails, userCollection, type UserRecord } from '../../../models/user.js';
import { LOOK_UP_BATCH, toBatches } from '../../batches.js';
import { LdapSyncError } from '../../errors.js';
import { storedIdOf } from '../../mapping/ldap-identity.js';
import { createNameOwnerLookup } from './name-owner-lookup.js';
import { isTaken } from '../plan/name-owners.js';
import { areSameValues, isAsExpected, toExchange, toNewAddresses } from './field-exchange.js';
import { fenceWrites } from '../run/fenced-writes.js';
import { renameEverywhere } from './rename.js';
import type { StoreLease } from '../run/store-lease.js';
import { CLAIM, createUserMarks, UNCONFIRMED } from '../run/user-marks.js';
import {
  isLastAdmin,
  toVerifierUntil,
  type RemovalResult,
  type UserChange,
  type UserStore,
} from './user-store.js';
import { findUnmerged } from './find-unmerged.js';
import { SWITCHED_ON, toDeactivation, toUpdate } from './user-updates.js';
import { isBulkWriteError, toRemovalResult, toWriteFailures } from './write-failures.js';

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
  _updatedAt: 1,
  createdAt: 1,
  'services.ldap': 1,
} as const;

const ACTIVE_LINKED = { ldap: true, ...ACTIVE_USER, 'services.ldap.id': { $type: 'string' } };

/** Users in Rocket.Chat's `users` collection, on the host's connection. One store serves one run. */
export function createMongoUserStore(connection: Connection, lease: StoreLease): UserStore {
  const { fence, writableMs } = lease;
  const users = userCollection(connection);
  const writes = fenceWrites(users, writableMs);
  const nameOwners = createNameOwnerLookup(users);

  return {
    findNameOwners: nameOwners.find,

    async findLinked(ldapIds) {
      return groupByLdapId(await findManaged('services.ldap.id', ldapIds));
    },

    async findById(userIds) {
      return new Map((await findManaged('_id', userIds)).map((user) => [user._id, user]));
    },

    async insert(records) {
      const failures = await toWriteFailures(
        toBatches(records, WRITE_BATCH).map((batch) => ({
          ids: batch.map(({ _id }) => _id),
          run: () => writes.insertMany(batch),
        })),
      );
      await nameOwners.remember(records.filter(({ _id }) => !failures.has(_id)));
      return failures;
    },

    async update(changes, now) {
      const failures = new Map(
        await toWriteFailures(
          toBatches(changes, WRITE_BATCH).map((batch) => ({
            ids: batch.map(({ userId }) => userId),
            run: () => updateBatch(batch, now),
          })),
        ),
      );
      for (const userId of await findUnmerged(changes, (ids) => findManaged('_id', ids)))
        if (!failures.has(userId)) failures.set(userId, { kind: 'changed' });
      await nameOwners.refresh(
        changes
          .filter(({ diff }) => diff.set.has('emails') || diff.set.has('services.ldap.id'))
          .map(({ userId }) => userId),
      );
      return failures;
    },

    countActiveLinked: () => users.countDocuments(ACTIVE_LINKED),

    async hasVerifier(provenAt) {
      const until = provenAt ? { createdAt: { $lte: toVerifierUntil(provenAt) } } : {};
      return (
        (await users.countDocuments({ ...ACTIVE_LINKED, [UNCONFIRMED]: null, ...until }, { limit: 1 })) > 0
      );
    },

    ...createUserMarks({ reads: users, writes }, lease),

    activeAdmins,

    activeLinked: () =>
      users.find<UserRecord>(ACTIVE_LINKED, {
        projection: { username: 1, name: 1, roles: 1, 'services.ldap': 1 },
        batchSize: 1_000,
      }),

    async deactivate({ userId, ldapId, because }, runId, now) {
      if (isLastAdmin(await activeAdmins(), userId)) return 'last-admin';
      return change(
        { ...claimed(userId), ...ACTIVE_USER, 'services.ldap.id': ldapId },
        { $set: toDeactivation(because, runId, now), $unset: { [CLAIM]: '' } },
      );
    },

    async rename(userId, { from, to }, now) {
      if (isTaken((await nameOwners.find([to], [])).usernames, [to], userId)) return 'duplicate';
      const result = await renameEverywhere(connection, {
        userId,
        from,
        to,
        now,
        filter: claimed(userId),
        runId: lease.id,
        permit: writableMs,
      });
      if (result === 'done') await nameOwners.refresh([userId]);
      return result;
    },

    async exchange(userId, fields, now) {
      const projection = Object.fromEntries(fields.map(({ field }): [string, 1] => [field, 1]));
      const stored = (await users.findOne({ _id: userId }, { projection })) as Record<string, unknown> | null;
      if (!stored || !isAsExpected(stored, fields)) return 'changed';
      const addresses = toNewAddresses(fields);
      if (isTaken((await nameOwners.find([], addresses)).emails, addresses, userId)) return 'duplicate';
      const unchanged = Object.fromEntries(
        fields.map(({ field }): [string, object] => [field, { $eq: stored[field] ?? null }]),
      );
      const result = await change(
        { ...unchanged, ...claimed(userId) },
        toExchange(fields, stored, { runId: lease.id, now }),
      );
      if (result === 'done') await nameOwners.refresh([userId]);
      return result;
    },

    async finishRename(userId) {
      await writes.updateOne({ _id: userId }, { $unset: { 'ldapSync.renamedFrom': '' } });
    },

    reactivate(userId, offByRun, now) {
      const filter = { ...claimed(userId), active: false, 'ldapSync.deactivatedByRun': offByRun };
      return change(filter, {
        $set: { active: true, _updatedAt: now },
        $unset: { ...SWITCHED_ON, [CLAIM]: '' },
      });
    },
  };

  function claimed(userId: string): Record<string, unknown> {
    return { _id: userId, [CLAIM]: fence };
  }

  async function change(filter: object, update: object): Promise<RemovalResult> {
    try {
      return (await writes.updateOne(filter, update)).matchedCount === 1 ? 'done' : 'changed';
    } catch (error) {
      return toRemovalResult(error);
    }
  }

  /**
   * Users who have changed since they were read are written once it is sure that this run may still write.
   */
  async function updateBatch(batch: readonly UserChange[], now: Date): Promise<void> {
    const write = (items: readonly UserChange[], isGuarded: boolean) =>
      writes.bulkWrite(items.map((item) => toUpdate(item, now, isGuarded)));
    try {
      const { matchedCount } = await write(batch, true);
      if (matchedCount === batch.length) return;
    } catch (error) {
      if (!isBulkWriteError(error)) throw error;
    }
    await lease.mayWrite();
    await write(await withoutStaleEmails(batch), false);
  }

  /**
   * Leaves out the addresses of users whose stored addresses have changed since: the next run weighs what
   * they would lose.
   */
  async function withoutStaleEmails(batch: readonly UserChange[]): Promise<readonly UserChange[]> {
    const ids = batch.filter(({ diff }) => diff.set.has('emails')).map(({ userId }) => userId);
    const stored = new Map(
      (ids.length > 0 ? await findManaged('_id', ids) : []).map((user) => [user._id, user]),
    );
    return batch.map((item) => {
      const user = stored.get(item.userId);
      if (!user || areSameValues('emails', user.emails, item.seenEmails)) return item;
      return {
        ...item,
        diff: { ...item.diff, set: new Map([...item.diff.set].filter(([field]) => field !== 'emails')) },
      };
    });
  }

  async function activeAdmins(): Promise<readonly string[]> {
    const admins = await users
      .find({ roles: 'admin', ...ACTIVE_USER }, { projection: { _id: 1 }, limit: 1_000 })
      .toArray();
    return admins.map(({ _id }) => _id);
  }

  async function findManaged(field: string, values: readonly string[]): Promise<UserRecord[]> {
    const options = { projection: MANAGED_PROJECTION, batchSize: LOOK_UP_BATCH + 1 };
    const answers = await Promise.all(
      toBatches(values, LOOK_UP_BATCH).map((batch) =>
        users.find({ [field]: { $in: batch } }, options).toArray(),
      ),
    );
    const found = answers.flat() as unknown as UserRecord[];
    const asked = new Set(values);
    for (const user of found) if (!asked.has(field === '_id' ? user._id : storedIdOf(user))) throw confused();
    return found.map(toReadable);
  }
}

/**
 * The driver does not compare an answer with its question. If the connection delivers one answer twice, every
 * later answer goes to the wrong question.
 */
function confused(): LdapSyncError {
  return new LdapSyncError('database-confused', 'The database answered another question than it was asked.', {
    remedy:
      'Look at what stands between this host and MongoDB (a proxy, a load balancer), restart the host, ' +
      'then run the sync again.',
  });
}

/** The host's documents may hold anything; copies only what has to be mended. */
function toReadable(user: UserRecord): UserRecord {
  const emails = toReadableEmails(user.emails);
  const hasEmails = user.emails === undefined || emails === user.emails;
  const hasImportIds = user.importIds === undefined || Array.isArray(user.importIds);
  return hasEmails && hasImportIds
    ? user
    : { ...user, ...(hasEmails ? {} : { emails }), ...(hasImportIds ? {} : { importIds: [] }) };
}

function groupByLdapId(found: readonly UserRecord[]): ReadonlyMap<string, readonly UserRecord[]> {
  const groups = new Map<string, UserRecord[]>();
  for (const user of found) {
    const id = storedIdOf(user);
    const group = groups.get(id);
    if (group) group.push(user);
    else groups.set(id, [user]);
  }
  return groups;
}
