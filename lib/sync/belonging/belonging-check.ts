import type { DirectoryEntry } from '../../directory/directory.js';
import type {
  GroupPerson,
  GroupReading,
  Membership,
  Memberships,
  PersonMemberships,
} from '../../directory/groups.js';
import { GROUP_WITNESS_ATTRIBUTES, toGroupPerson } from '../../mapping/group-person.js';
import type { GrantKind, GroupFilter } from '../../settings/sync-settings.js';
import { createExpansion } from '../../settings/variables/variable-names.js';
import { askForMembership, NO_GROUPS, toGroupsByEntry, type GroupsByEntry } from './entry-groups.js';
import { askForGrants, groupsGiving } from './grants.js';
import { asksForGroups, readGroups, type GroupReader, type GroupSettings } from './read-groups.js';

/** What the groups say of those who are looked up again. */
export interface BelongingNow {
  readonly groups: GroupsByEntry;
  /** `''`: there is no group filter. */
  readonly group: string;
  readonly reading: GroupReading | undefined;
  /**
   * Whether a name is withheld from the person of an entry that was asked about, by all three witnesses. Searches;
   * rejects with `LdapSyncError` when the connection fails.
   */
  isWithheld(entry: DirectoryEntry, kind: GrantKind, name: string): Promise<boolean>;
  /** What the person of an entry that was asked about is to the groups that give things of this kind. */
  membershipsOf(entry: DirectoryEntry, kind: GrantKind): Promise<PersonMemberships>;
}

const UNKNOWN: PersonMemberships = () => 'unknown';

const NOTHING_ASKED: BelongingNow = {
  groups: NO_GROUPS,
  group: '',
  reading: undefined,
  isWithheld: () => Promise.resolve(false),
  membershipsOf: () => Promise.resolve(UNKNOWN),
};

/** Asks the groups anew about people who may lose something; not during a sweep. */
export interface BelongingCheck {
  readonly attributes: readonly string[];
  ask(entries: readonly DirectoryEntry[]): Promise<BelongingNow>;
}

/**
 * A person is outside of a group only when three witnesses agree: the group as it is read now, the
 * person's own entry (`memberOf`), and a search of the server for the group with this member.
 */
export function createBelongingCheck(
  settings: GroupSettings,
  reader: Pick<GroupReader, 'directory' | 'signal'>,
): BelongingCheck {
  const { groupFilter, grants, mapping } = settings;
  const isAsked = asksForGroups(settings);
  const expand = createExpansion(mapping.variables ?? []);
  return {
    attributes: isAsked ? [...GROUP_WITNESS_ATTRIBUTES, ...expand(mapping.username.attributes)] : [],
    async ask(entries) {
      if (!isAsked || entries.length === 0) return NOTHING_ASKED;
      // Nothing is swept at the same time.
      const openBeside = () => Promise.resolve(reader.directory);
      const memberships = await readGroups(settings, { ...reader, openBeside });
      const people = entries.map((entry) => toGroupPerson(entry, mapping));
      const inGroup = groupFilter && (await askWitnesses(groupFilter, memberships, people));
      const given = await askForGrants(grants, memberships, people);
      const groups = toGroupsByEntry(entries, inGroup, given);
      return {
        groups,
        group: groupFilter?.group ?? '',
        reading: groupFilter && memberships.reading(groupFilter.question, groupFilter.group),
        async membershipsOf(entry, kind) {
          const person = people[entries.indexOf(entry)];
          const asked = grants[kind];
          const [answer] = person && asked ? await memberships.ask(asked.question, [person]) : [];
          return answer ?? UNKNOWN;
        },
        isWithheld(entry, kind, name) {
          const person = people[entries.indexOf(entry)];
          const grant = groups.get(entry)?.grants[kind];
          const asked = grants[kind];
          if (!person || !grant || !asked || grant.given.has(name) || grant.doubtful.has(name))
            return Promise.resolve(false);
          return isInNone(groupsGiving(asked, name), (group) =>
            memberships.isMatched(asked.question, group, person),
          );
        },
      };
    },
  };
}

async function askWitnesses(
  filter: GroupFilter,
  memberships: Memberships,
  people: readonly GroupPerson[],
): Promise<readonly Membership[]> {
  const found: Membership[] = [];
  const answers = await askForMembership(filter, memberships, people);
  for (const [index, person] of people.entries()) {
    const membership = answers[index] ?? 'unknown';
    const isContradicted =
      membership === 'not-member' && (await memberships.isMatched(filter.question, filter.group, person));
    found.push(isContradicted ? 'unknown' : membership);
  }
  return found;
}

async function isInNone(
  groups: readonly string[],
  isIn: (group: string) => Promise<boolean>,
): Promise<boolean> {
  for (const group of groups) if (await isIn(group)) return false;
  return groups.length > 0;
}
