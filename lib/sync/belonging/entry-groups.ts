import type { DirectoryEntry } from '../../directory/directory.js';
import type { GroupPerson, Membership, Memberships } from '../../directory/groups.js';
import type { Grants } from '../../mapping/grants.js';
import type { GroupFilter } from '../../settings/sync-settings.js';

/** What the groups of the settings say of an entry. */
export interface EntryGroups {
  /** Whether it is in the group whose members are synced; absent: everybody is synced. */
  readonly membership?: Membership;
  readonly grants: Grants;
}

/** Who is not in the map counts as a member, to whom nothing is given: without groups, it is empty. */
export type GroupsByEntry = ReadonlyMap<DirectoryEntry, EntryGroups>;

export const NO_GROUPS: GroupsByEntry = new Map();

/** Who of the people is in the group whose members are synced, in their order. */
export async function askForMembership(
  { question, group }: GroupFilter,
  memberships: Pick<Memberships, 'ask'>,
  people: readonly GroupPerson[],
): Promise<readonly Membership[]> {
  const answers = await memberships.ask(question, people);
  return people.map((_, index) => answers[index]?.(group) ?? 'unknown');
}

/** In the order of the entries. `inGroup`: `undefined` where everybody is synced. */
export function toGroupsByEntry(
  entries: readonly DirectoryEntry[],
  inGroup: readonly Membership[] | undefined,
  given: readonly Grants[],
): GroupsByEntry {
  return new Map(
    entries.map((entry, index) => {
      const membership = inGroup?.[index];
      return [entry, { ...(membership === undefined ? {} : { membership }), grants: given[index] ?? {} }];
    }),
  );
}
