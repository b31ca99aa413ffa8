import type { UserRecord } from '../../../models/user.js';
import {
  addOwner,
  ownersOf,
  removeOwner,
  toNameOwner,
  type NameOwner,
  type Owners,
} from '../plan/name-owners.js';
import { toUpdated } from './apply-update.js';
import { isAboutNames } from './user-operations.js';
import { isActiveAdmin, type UserReader, type UserStore, type UserWrite } from './user-store.js';

/**
 * A store that reads what is stored, remembers what it is told to write, and writes nothing: what later pages
 * of a preview find is what they would have found in a run. Remembers what matters to others (names, addresses,
 * links, who is on and has which roles, what decides about rooms), not the pages.
 */
export function createPreviewUserStore(stored: UserReader): UserStore {
  const changed = new Map<string, UserRecord>();
  const byName = new Map<string, readonly NameOwner[]>();
  const byAddress = new Map<string, readonly NameOwner[]>();

  function remember(user: UserRecord): void {
    const before = changed.get(user._id);
    if (before) forgetNames(before);
    changed.set(user._id, user);
    const owner = toNameOwner(user);
    if (user.username !== undefined) addOwner(byName, user.username, owner);
    for (const { address } of user.emails ?? []) addOwner(byAddress, address, owner);
  }

  function forgetNames({ _id, username, emails }: UserRecord): void {
    if (username !== undefined) removeOwner(byName, username, _id);
    for (const { address } of emails ?? []) removeOwner(byAddress, address, _id);
  }

  async function findById(userIds: readonly string[]): Promise<ReadonlyMap<string, UserRecord>> {
    const found = new Map(await stored.findById(userIds.filter((id) => !changed.has(id))));
    for (const id of userIds) {
      const user = changed.get(id);
      if (user) found.set(id, user);
    }
    return found;
  }

  return {
    findLinked: stored.findLinked,
    findById,
    surveyLinks: stored.surveyLinks,
    findTeams: stored.findTeams,
    findRoles: stored.findRoles,
    hasVerifier: stored.hasVerifier,
    activeLinked: stored.activeLinked,
    knownDisabled: stored.knownDisabled,
    findUnconfirmed: stored.findUnconfirmed,
    committed: () => Promise.resolve(),
    revokeTokens: () => Promise.resolve(),

    async activeAdmins() {
      const admins = new Set(await stored.activeAdmins());
      for (const user of changed.values()) {
        if (isActiveAdmin(user)) admins.add(user._id);
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

    async findOwnersById(userIds) {
      const found = new Map(await stored.findOwnersById(userIds.filter((id) => !changed.has(id))));
      for (const id of userIds) {
        const user = changed.get(id);
        if (user) found.set(id, toNameOwner(user));
      }
      return found;
    },

    async write(writes) {
      const affecting = writes.filter(affectsOthers);
      const users = await findById(
        affecting.flatMap((write) => (write.kind === 'update' ? write.userId : [])),
      );
      for (const write of affecting) {
        const user = write.kind === 'insert' ? write.user : users.get(write.userId);
        if (user) remember(write.kind === 'insert' ? user : toUpdated(user, write));
      }
    },
  };

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

/** Whether the change matters to other users; only such a change is remembered. */
function affectsOthers(write: UserWrite): boolean {
  return (
    write.kind === 'insert' ||
    isAboutNames(write) ||
    ['active', 'roles', 'abacAttributes', 'services.ldap.idAttribute'].some((path) => path in write.set)
  );
}
