import type { Connection, mongo } from 'mongoose';
import { ACTIVE_USER } from '../../../models/active-user.js';
import { ADMIN_ROLE } from '../../../models/role.js';
import { userCollection, type UserRecord } from '../../../models/user.js';
import { LOOK_UP_BATCH, toBatches } from '../../batches.js';
import { inParallel } from '../../in-parallel.js';
import { storedIdOf } from '../../mapping/ldap-identity.js';
import { within, type Transaction } from '../run/transaction.js';
import { confused } from './confused.js';
import { findRoles } from './find-roles.js';
import { groupByLdapId, toReadable } from './found-users.js';
import { MANAGED_PROJECTION } from './managed-projection.js';
import { createNameOwnerLookup } from './name-owner-lookup.js';
import { revokeTokens } from './revoke-tokens.js';
import {
  hasExtension,
  readExtensionPlace,
  withReadExtension,
  withStoredExtension,
  writesExtension,
  type ExtensionPlace,
} from './stored-extension.js';
import { createTeamLookup } from './team-names.js';
import { surveyLinks } from './survey-links.js';
import { findUserIds } from './user-mark.js';
import { isAboutNames, toOperation, toRefusal } from './user-operations.js';
import type { UserStore, UserWrite } from './user-store.js';
import { toVerifierUntil } from './verifier.js';

const ACTIVE_LINKED = { ldap: true, ...ACTIVE_USER, 'services.ldap.id': { $type: 'string' } };

const KNOWN_DISABLED = {
  ldap: true,
  active: false,
  'ldapSync.deactivatedBecause': 'disabled-in-directory',
  // The range, which holds dates only, lets the sparse index find and sort them, so that nobody else is read. Not
  // every server of MongoDB's protocol asks that index for a `$type`.
  'ldapSync.deactivatedAt': { $gte: new Date(0) },
  'services.ldap.id': { $type: 'string' },
};

/** Users in Rocket.Chat's `users` collection, on the host's connection. One store serves one run. */
export function createMongoUserStore(connection: Connection): UserStore {
  const users = userCollection(connection);
  const nameOwners = createNameOwnerLookup(users);
  let place: Promise<ExtensionPlace> | undefined;
  const readPlace = (): Promise<ExtensionPlace> => (place ??= readExtensionPlace(connection));

  async function placeExtensions(writes: readonly UserWrite[]): Promise<readonly UserWrite[]> {
    const place = await readPlace();
    return writes.map((write) => withStoredExtension(write, place));
  }

  /** A count with a limit of one reads every user on some servers of MongoDB's protocol. */
  async function hasOne(filter: mongo.Filter<UserRecord>): Promise<boolean> {
    return (await users.findOne(filter, { projection: { _id: 1 } })) !== null;
  }

  /** A transaction takes one question at a time. */
  async function findManaged(
    field: string,
    values: readonly string[],
    { tx, rooms }: { readonly tx?: Transaction; readonly rooms?: boolean | undefined },
  ): Promise<readonly UserRecord[]> {
    const projection = rooms ? { ...MANAGED_PROJECTION, __rooms: 1 } : MANAGED_PROJECTION;
    const options = { projection, batchSize: LOOK_UP_BATCH + 1, ...within(tx) };
    const ask = (batch: readonly string[]): Promise<unknown[]> =>
      users.find({ [field]: { $in: batch } }, options).toArray();
    const batches = toBatches(values, LOOK_UP_BATCH);
    const found = (await inParallel(batches, tx ? 1 : batches.length, ask)).flat() as UserRecord[];
    const asked = new Set(values);
    for (const user of found) if (!asked.has(field === '_id' ? user._id : storedIdOf(user))) throw confused();
    if (!found.some(hasExtension)) return found.map(toReadable);
    const place = await readPlace();
    return found.map((user) => toReadable(withReadExtension(user, place)));
  }

  return {
    findNameOwners: nameOwners.find,
    findOwnersById: nameOwners.findById,
    findTeams: createTeamLookup(connection),
    findRoles: (texts) => findRoles(connection, texts),

    async findLinked(ldapIds, further) {
      return groupByLdapId(await findManaged('services.ldap.id', ldapIds, { rooms: further?.rooms }));
    },

    async findById(userIds, tx) {
      return new Map((await findManaged('_id', userIds, { tx })).map((user) => [user._id, user]));
    },

    surveyLinks: () => surveyLinks(users),

    async hasVerifier(provenAt) {
      const until = provenAt ? { createdAt: { $lte: toVerifierUntil(provenAt) } } : {};
      return hasOne({ ...ACTIVE_LINKED, 'ldapSync.unconfirmedBy': null, ...until });
    },

    async activeAdmins(tx) {
      const options = { projection: { _id: 1 as const }, limit: 1_000, ...within(tx) };
      const admins = await users.find({ roles: ADMIN_ROLE, ...ACTIVE_USER }, options).toArray();
      return admins.map(({ _id }) => _id);
    },

    activeLinked: () =>
      users.find<UserRecord>(ACTIVE_LINKED, {
        projection: {
          ...{ username: 1, name: 1, roles: 1, federated: 1, 'services.ldap': 1 },
          importIds: { $slice: -1 },
        },
        batchSize: 1_000,
      }),

    async knownDisabled(by, limit) {
      const wanted = { ...KNOWN_DISABLED, 'ldapSync.deactivatedBy': { $in: [null, ...by] } };
      const newest = {
        projection: { 'services.ldap': 1 },
        sort: { 'ldapSync.deactivatedAt': -1 },
        limit,
      } as const;
      return await users.find<UserRecord>(wanted as never, newest).toArray();
    },

    findUnconfirmed: (runIds) => findUserIds(connection, { 'ldapSync.unconfirmedBy': { $in: [...runIds] } }),

    async write(writes, tx) {
      if (writes.length === 0) return;
      const placed = writes.some(writesExtension) ? await placeExtensions(writes) : writes;
      const operations = placed.map(toOperation);
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
