import type { ChangeLog } from '../../lib/sync/history/change-log.js';
import type { RemovalRow } from '../../models/change-row.js';
import type { UserStore } from '../../lib/sync/users/user-store.js';
import type { UserRecord } from '../../models/user.js';

const unexpected = (): never => {
  throw new Error('Nobody should have asked for this.');
};

/** Users who are only read: whoever writes one here was not to write. */
export function readOnlyUsers(
  users: readonly UserRecord[],
): UserStore & { readonly asked: (readonly string[])[] } {
  const asked: (readonly string[])[] = [];
  return {
    asked,
    findById: async (ids) => {
      asked.push(ids);
      return new Map(users.filter(({ _id }) => ids.includes(_id)).map((user) => [user._id, user]));
    },
    async *activeLinked() {
      yield* users;
    },
    findLinked: unexpected,
    findNameOwners: unexpected,
    findOwnersById: unexpected,
    findTeams: async () => new Set<string>(),
    findRoles: unexpected,
    surveyLinks: unexpected,
    hasVerifier: unexpected,
    activeAdmins: unexpected,
    knownDisabled: unexpected,
    findUnconfirmed: unexpected,
    write: unexpected,
    revokeTokens: unexpected,
    committed: unexpected,
  };
}

/** A change log that keeps in memory what is collected. */
export function collectingChanges(): ChangeLog & { readonly collected: RemovalRow[] } {
  const collected: RemovalRow[] = [];
  return {
    collected,
    collect: async (rows) => {
      collected.push(...rows);
    },
    write: unexpected,
    flush: unexpected,
    replace: unexpected,
    removals: unexpected,
    writes: unexpected,
    countWrites: unexpected,
  };
}
