import type { DirectoryEntry } from '../../directory/directory.js';
import type { GroupProblem } from '../../directory/groups.js';
import { GROUP_PERSON_ATTRIBUTES, toGroupPerson } from '../../mapping/group-person.js';
import { askForMembership, NO_GROUPS, toGroupsByEntry, type GroupsByEntry } from './entry-groups.js';
import { askForGrants } from './grants.js';
import { asksForGroups, readGroups, type GroupReader, type GroupSettings } from './read-groups.js';

/** What the groups of the settings say, as they were read before the sweep. */
export interface Belonging {
  /** What is read of everybody for it. */
  readonly attributes: readonly string[];
  /** Whether anybody is known to be outside: not when the group could not be read. */
  readonly isKnown: boolean;
  /** Of groups that each person is asked for, what is known so far. */
  problems(): readonly GroupProblem[];
  of(entries: readonly DirectoryEntry[]): Promise<GroupsByEntry>;
  /** Ends what was opened beside the sweep. */
  close(): void;
}

/** Without groups in the settings. */
export const EVERYBODY_BELONGS: Belonging = {
  attributes: [],
  isKnown: true,
  problems: () => [],
  of: () => Promise.resolve(NO_GROUPS),
  close: () => undefined,
};

/** Reads the groups, once; not during a sweep. Rejects with `LdapSyncError` when the connection fails. */
export async function readBelonging(settings: GroupSettings, reader: GroupReader): Promise<Belonging> {
  const { groupFilter, grants, mapping } = settings;
  if (!asksForGroups(settings)) return EVERYBODY_BELONGS;
  const memberships = await readGroups(settings, reader);
  let last: Promise<unknown> = Promise.resolve();

  async function ask(entries: readonly DirectoryEntry[]): Promise<GroupsByEntry> {
    const people = entries.map((entry) => toGroupPerson(entry, mapping));
    const inGroup = groupFilter && (await askForMembership(groupFilter, memberships, people));
    return toGroupsByEntry(entries, inGroup, await askForGrants(grants, memberships, people));
  }

  return {
    attributes: GROUP_PERSON_ATTRIBUTES,
    isKnown: !groupFilter || memberships.reading(groupFilter.question, groupFilter.group).state === 'read',
    problems: () => memberships.problems(),
    of(entries) {
      // Pages are prepared side by side; a connection answers one search after the other.
      const answer = last.then(() => ask(entries));
      last = answer.catch(() => undefined);
      return answer;
    },
    close: () => memberships.close(),
  };
}
