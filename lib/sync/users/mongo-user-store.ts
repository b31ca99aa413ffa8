import type { Connection } from 'mongoose';
import { ACTIVE_USER } from '../../../models/active-user.js';
import { userCollection, type UserRecord } from '../../../models/user.js';
import { LOOK_UP_BATCH, toBatches } from '../../batches.js';
import { LdapSyncError } from '../../errors.js';
import { inParallel } from '../../in-parallel.js';
import { storedIdOf } from '../../mapping/ldap-identity.js';
import { within, type Transaction } from '../run/transaction.js';
import { groupByLdapId, toReadable } from './found-users.js';
import { MANAGED_PROJECTION } from './managed-projection.js';
import { createNameOwnerLookup } from './name-owner-lookup.js';
import { revokeTokens } from './revoke-tokens.js';
import {
  readExtensionPlace,
  withReadExtension,
  withStoredExtension,
  type ExtensionPlace,
} from './stored-extension.js';
import { findUserIds } from './user-mark.js';
import { isAboutNames, toOperation, toRefusal } from './user-operations.js';
import type { UserStore } from './user-store.js';
import { toVerifierUntil } from './verifier.js';

const ACTIVE_LINKED = { ldap: true, ...ACTIVE_USER, 'services.ldap.id': { $type: 'string' } };

/** Spellings count as several. */
const MAX_ID_ATTRIBUTES = 50;

const KNOWN_DISABLED = {
  ldap: true,
  active: false,
  'ldapSync.deactivatedBecause': 'disabled-in-directory',
  'services.ldap.id': { $type: 'string' },
};

/** Users in Rocket.Chat's `users` collection, on the host's connection. One store serves one run. */
export function createMongoUserStore(connection: Connection): UserStore {
  const users = userCollection(connection);
  const nameOwners = createNameOwnerLookup(users);
  let place: Promise<ExtensionPlace> | undefined;
  const readPlace = (): Promise<ExtensionPlace> => (place ??= readExtensionPlace(connection));

  /** A transaction takes one question at a time. */
  async function findManaged(
    field: string,
    values: readonly string[],
    tx?: Transaction,
  ): Promise<readonly UserRecord[]> {
    const options = { projection: MANAGED_PROJECTION, batchSize: LOOK_UP_BATCH + 1, ...within(tx) };
    const ask = (batch: readonly string[]): Promise<unknown[]> =>
      users.find({ [field]: { $in: batch } }, options).toArray();
    const batches = toBatches(values, LOOK_UP_BATCH);
    const found = (await inParallel(batches, tx ? 1 : batches.length, ask)).flat() as UserRecord[];
    const asked = new Set(values);
    for (const user of found) if (!asked.has(field === '_id' ? user._id : storedIdOf(user))) throw confused();
    const extension = await readPlace();
    return found.map((user) => toReadable(withReadExtension(user, extension)));
  }

  return {
    findNameOwners: nameOwners.find,
    findOwnersById: nameOwners.findById,

    async findLinked(ldapIds) {
      return groupByLdapId(await findManaged('services.ldap.id', ldapIds));
    },

    async findById(userIds, tx) {
      return new Map((await findManaged('_id', userIds, tx)).map((user) => [user._id, user]));
    },

    countActiveLinked: () => users.countDocuments(ACTIVE_LINKED),

    hasLinked: async () =>
      (await users.countDocuments({ 'services.ldap.id': { $type: 'string' } }, { limit: 1 })) > 0,

    async linkedIdAttributes() {
      const groups = await users
        .aggregate([
          { $match: { 'services.ldap.id': { $type: 'string' } } },
          { $group: { _id: '$services.ldap.idAttribute' } },
          { $limit: MAX_ID_ATTRIBUTES },
        ])
        .toArray();
      return groups.map(({ _id }) => _id as unknown);
    },

    async hasVerifier(provenAt) {
      const until = provenAt ? { createdAt: { $lte: toVerifierUntil(provenAt) } } : {};
      const verifiers = { ...ACTIVE_LINKED, 'ldapSync.unconfirmedBy': null, ...until };
      return (await users.countDocuments(verifiers, { limit: 1 })) > 0;
    },

    async activeAdmins(tx) {
      const options = { projection: { _id: 1 as const }, limit: 1_000, ...within(tx) };
      const admins = await users.find({ roles: 'admin', ...ACTIVE_USER }, options).toArray();
      return admins.map(({ _id }) => _id);
    },

    activeLinked: () =>
      users.find<UserRecord>(ACTIVE_LINKED, {
        projection: { username: 1, name: 1, roles: 1, 'services.ldap': 1 },
        batchSize: 1_000,
      }),

    knownDisabled: (limit) =>
      users
        .find<UserRecord>(KNOWN_DISABLED, {
          projection: { 'services.ldap': 1 },
          sort: { 'ldapSync.deactivatedAt': -1 },
          limit,
        })
        .toArray(),

    findUnconfirmed: (runIds) => findUserIds(connection, { 'ldapSync.unconfirmedBy': { $in: [...runIds] } }),

    async write(writes, tx) {
      if (writes.length === 0) return;
      const extension = await readPlace();
      const operations = writes.map((write) => toOperation(withStoredExtension(write, extension)));
      try {
        await users.bulkWrite(operations, { ordered: true, ...within(tx) });
      } catch (error) {
        throw toRefusal(error, writes) ?? error;
      }
    },

    revokeTokens: (userIds, tx) => revokeTokens(connection, userIds, tx),

    async committed(writes) {
      await nameOwners.remember(writes.flatMap((write) => (write.kind === 'insert' ? write.user : [])));
      await nameOwners.refresh(
        writes.flatMap((write) => (write.kind === 'update' && isAboutNames(write) ? write.userId : [])),
      );
    },
  };
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
