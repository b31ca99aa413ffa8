import { isActive } from '../../../models/active-user.js';
import type { UserRecord } from '../../../models/user.js';
import { storedIdOf } from '../../mapping/ldap-identity.js';
import {
  addOwner,
  isTaken,
  ownersOf,
  toNameOwner,
  type NameOwner,
  type Owners,
} from '../plan/name-owners.js';
import { isAsExpected, toNewAddresses } from './field-exchange.js';
import { isLastAdmin, type UserChange, type UserStore } from './user-store.js';

const NO_FAILURES: ReadonlyMap<string, never> = new Map<string, never>();

/**
 * A store that reads what is stored, remembers what it is told to write, and writes nothing: what later pages
 * of a preview find is what they would have found in a run. Remembers the names and addresses that would
 * change, not the pages.
 */
export function createPreviewUserStore(stored: UserStore): UserStore {
  const changed = new Map<string, UserRecord>();
  const byName = new Map<string, readonly NameOwner[]>();
  const byAddress = new Map<string, readonly NameOwner[]>();

  function remember(user: UserRecord): void {
    const before = changed.get(user._id);
    if (before) forgetKeys(before);
    changed.set(user._id, user);
    const owner = toNameOwner(user);
    if (user.username !== undefined) addOwner(byName, user.username, owner);
    for (const { address } of user.emails ?? []) addOwner(byAddress, address, owner);
  }

  function forgetKeys({ _id, username, emails }: UserRecord): void {
    if (username !== undefined) removeOwner(byName, username, _id);
    for (const { address } of emails ?? []) removeOwner(byAddress, address, _id);
  }

  async function read(userIds: readonly string[]): Promise<ReadonlyMap<string, UserRecord>> {
    const found = new Map(await stored.findById(userIds.filter((id) => !changed.has(id))));
    for (const id of userIds) {
      const user = changed.get(id);
      if (user) found.set(id, user);
    }
    return found;
  }

  async function change(
    userId: string,
    mayChange: (user: UserRecord) => boolean,
    to: (user: UserRecord) => UserRecord,
  ): Promise<'done' | 'changed'> {
    const user = (await read([userId])).get(userId);
    if (!user || !mayChange(user)) return 'changed';
    remember(to(user));
    return 'done';
  }

  const preview: UserStore = {
    findLinked: stored.findLinked,
    findById: read,
    countActiveLinked: stored.countActiveLinked,
    hasVerifier: stored.hasVerifier,
    confirmLinks: () => Promise.resolve(),
    confirmLinksOf: () => Promise.resolve(),
    activeLinked: stored.activeLinked,

    async activeAdmins() {
      const admins = new Set(await stored.activeAdmins());
      for (const user of changed.values()) {
        if (isActive(user) && user.roles?.includes('admin')) admins.add(user._id);
        else admins.delete(user._id);
      }
      return [...admins];
    },

    async findNameOwners(usernames, addresses) {
      const found = await stored.findNameOwners(usernames, addresses);
      return {
        usernames: withKnown(found.usernames, usernames, byName),
        emails: withKnown(found.emails, addresses, byAddress),
      };
    },

    insert(users) {
      users.forEach(remember);
      return Promise.resolve(NO_FAILURES);
    },

    async update(changes) {
      const affecting = changes.filter(affectsOthers);
      const users = await read(affecting.map(({ userId }) => userId));
      for (const { userId, diff } of affecting) {
        const user = users.get(userId);
        if (user) remember(withDiff(user, diff));
      }
      return NO_FAILURES;
    },

    claim: () => Promise.resolve(new Set()),
    unclaim: () => Promise.resolve(),
    finishRename: () => Promise.resolve(),

    async deactivate({ userId, ldapId }) {
      if (isLastAdmin(await preview.activeAdmins(), userId)) return 'last-admin';
      return change(
        userId,
        (user) => isActive(user) && storedIdOf(user) === ldapId,
        (user) => ({ ...user, active: false }),
      );
    },

    async rename(userId, { from, to }) {
      if (isTaken((await preview.findNameOwners([to], [])).usernames, [to], userId)) return 'duplicate';
      return change(
        userId,
        ({ username }) => from === undefined || username === from || username === to,
        (user) => ({ ...user, username: to }),
      );
    },

    async exchange(userId, fields) {
      const addresses = toNewAddresses(fields);
      if (isTaken((await preview.findNameOwners([], addresses)).emails, addresses, userId))
        return 'duplicate';
      return change(
        userId,
        (user) => isAsExpected(user, fields),
        (user) => ({ ...user, ...Object.fromEntries(fields.map(({ field, to }) => [field, to])) }),
      );
    },

    reactivate: (userId) =>
      change(
        userId,
        () => true,
        (user) => ({ ...user, active: true }),
      ),
  };
  return preview;

  /**
   * Replaces the stored owners who have changed in this preview: what is stored of them is no longer true.
   */
  function withKnown(stored: Owners, wanted: readonly string[], known: Owners): Owners {
    const owners = new Map(
      [...stored].map(([text, owners]) => [text, owners.filter(({ _id }) => !changed.has(_id))]),
    );
    for (const text of wanted) for (const owner of ownersOf(known, text)) addOwner(owners, text, owner);
    return owners;
  }
}

function removeOwner(owners: Map<string, readonly NameOwner[]>, text: string, userId: string): void {
  const others = ownersOf(owners, text).filter(({ _id }) => _id !== userId);
  if (others.length > 0) owners.set(text.toLowerCase(), others);
  else owners.delete(text.toLowerCase());
}

/** Whether the change matters to other users; only such a change is remembered. */
function affectsOthers({ diff }: UserChange): boolean {
  return (
    diff.set.has('emails') ||
    diff.set.has('services.ldap.id') ||
    diff.set.has('services.ldap.idAttribute') ||
    diff.activation !== undefined
  );
}

function withDiff(user: UserRecord, { set, activation }: UserChange['diff']): UserRecord {
  const {
    'services.ldap.id': id,
    'services.ldap.idAttribute': idAttribute,
    ...fields
  } = Object.fromEntries(set);
  const ldap = {
    ...user.services?.ldap,
    ...(id === undefined ? {} : { id: id as string }),
    ...(idAttribute === undefined ? {} : { idAttribute: idAttribute as string }),
  };
  return {
    ...user,
    ...fields,
    services: { ...user.services, ldap },
    ...(activation === 'activate' ? { active: true } : {}),
  };
}
