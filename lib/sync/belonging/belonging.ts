import type { Directory, DirectoryEntry } from '../../directory/directory.js';
import type {
  GroupProblem,
  GroupReading,
  Membership,
  Memberships,
  MembershipQuestion,
} from '../../directory/groups.js';
import { createLdapGroups } from '../../groups/ldap-groups.js';
import {
  GROUP_PERSON_ATTRIBUTES,
  GROUP_WITNESS_ATTRIBUTES,
  toGroupPerson,
} from '../../mapping/group-person.js';
import type { SyncSettings } from '../../settings/sync-settings.js';
import { createExpansion } from '../../settings/variables/variable-names.js';

/**
 * Whether people are in the group whose members are synced, by entry. Who is not in the map counts as a
 * member: without a group, it is empty.
 */
export type EntryMemberships = ReadonlyMap<DirectoryEntry, Membership>;

/** The settings that say who belongs. */
type BelongingSettings = Pick<SyncSettings, 'groupFilter' | 'mapping' | 'search' | 'survey'>;

export interface Belonging {
  /** What is read of everybody for it. */
  readonly attributes: readonly string[];
  /** Whether anybody is known to be outside: not when the group could not be read. */
  readonly isKnown: boolean;
  readonly problems: readonly GroupProblem[];
  of(entries: readonly DirectoryEntry[]): Promise<EntryMemberships>;
}

export const EVERYBODY: EntryMemberships = new Map();

/** Without a group filter. */
export const EVERYBODY_BELONGS: Belonging = {
  attributes: [],
  isKnown: true,
  problems: [],
  of: () => Promise.resolve(EVERYBODY),
};

interface Reading {
  readonly directory: Directory;
  readonly signal: AbortSignal;
}

/** Reads the group; not during a sweep. Rejects with `LdapSyncError` when the connection fails. */
export async function readBelonging(settings: BelongingSettings, reading: Reading): Promise<Belonging> {
  const { groupFilter, mapping } = settings;
  if (!groupFilter) return EVERYBODY_BELONGS;
  const { question, group } = groupFilter;
  const memberships = await read(question, settings, reading);
  return {
    attributes: GROUP_PERSON_ATTRIBUTES,
    isKnown: memberships.reading(question, group).state === 'read',
    problems: memberships.problems(),
    async of(entries) {
      const people = entries.map((entry) => toGroupPerson(entry, mapping));
      const answers = await memberships.ask(question, people);
      return new Map(entries.map((entry, index) => [entry, answers[index]?.(group) ?? 'unknown']));
    },
  };
}

/** What the group says of those who are looked up again. */
export interface BelongingNow {
  readonly memberships: EntryMemberships;
  /** `''`: there is no group filter. */
  readonly group: string;
  readonly reading: GroupReading | undefined;
}

const NOTHING_ASKED: BelongingNow = { memberships: EVERYBODY, group: '', reading: undefined };

/** Asks the group anew about people who may lose something; not during a sweep. */
export interface BelongingCheck {
  readonly attributes: readonly string[];
  ask(entries: readonly DirectoryEntry[]): Promise<BelongingNow>;
}

/**
 * A person is outside of the group only when three witnesses agree: the group as it is read now, the
 * person's own entry (`memberOf`), and a search of the server for the group with this member.
 */
export function createBelongingCheck(settings: BelongingSettings, reading: Reading): BelongingCheck {
  const { groupFilter, mapping } = settings;
  const expand = createExpansion(mapping.variables ?? []);
  return {
    attributes: groupFilter ? [...GROUP_WITNESS_ATTRIBUTES, ...expand(mapping.username.attributes)] : [],
    async ask(entries) {
      if (!groupFilter || entries.length === 0) return NOTHING_ASKED;
      const { question, group } = groupFilter;
      const memberships = await read(question, settings, reading);
      const people = entries.map((entry) => toGroupPerson(entry, mapping));
      const answers = await memberships.ask(question, people);
      const found = new Map<DirectoryEntry, Membership>();
      for (const [index, person] of people.entries()) {
        let membership = answers[index]?.(group) ?? 'unknown';
        if (membership === 'not-member' && (await memberships.isMatched(question, group, person)))
          membership = 'unknown';
        found.set(entries[index] as DirectoryEntry, membership);
      }
      return { memberships: found, group, reading: memberships.reading(question, group) };
    },
  };
}

function read(
  question: MembershipQuestion,
  { search, survey }: BelongingSettings,
  { directory, signal }: Reading,
): Promise<Memberships> {
  return createLdapGroups({
    directory,
    // A group filter is never asked of each person.
    openBeside: () => Promise.resolve(directory),
    pageSize: search.pageSize,
    isActiveDirectory: survey.serverType === 'ad',
    signal,
  }).read([question]);
}
