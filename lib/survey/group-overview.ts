import type { Directory, DirectoryEntry, SearchQuery } from '../directory/directory.js';
import { anyOf, equals } from '../directory/filter/search-filter.js';
import { visitEntries } from '../directory/read-entries.js';
import { LdapSyncError } from '../errors.js';
import { toMemberKey } from '../groups/member-key.js';
import { rangedValuesOf } from '../groups/value-range.js';

/** What lists members, the most usual first. */
export const MEMBER_ATTRIBUTES = ['member', 'uniqueMember', 'memberUid'] as const;
export type MemberAttribute = (typeof MEMBER_ATTRIBUTES)[number];

export const GROUP_CLASSES = [
  'group',
  'groupOfNames',
  'groupOfUniqueNames',
  'posixGroup',
  'groupOfMembers',
  'groupOfURLs',
];
/** The members of such a group are the answer to a search. */
const MEMBER_URL = 'memberURL';
const MAX_GROUPS = 1_000;
/** Members of all groups together that are looked at. */
const MAX_MEMBERS = 500_000;
const MAX_DN = 4_096;

/** A group as it was seen. */
export interface SeenGroup {
  readonly dn: string;
  /** Lower-cased. */
  readonly classes: ReadonlySet<string>;
  readonly members: Map<MemberAttribute, number>;
  /** There are more members than were counted. */
  isMore: boolean;
  /** Another of the groups is among its members. */
  isNested: boolean;
  isDynamic: boolean;
}

export interface SeenGroups {
  /** At most 1,000. */
  readonly groups: readonly SeenGroup[];
  readonly isMore: boolean;
}

interface Looking {
  readonly directory: Directory;
  readonly baseDN: string;
  readonly pageSize: number;
  readonly signal: AbortSignal;
}

/**
 * Looks at the groups below a base, and counts their members without keeping them. Rejects when the connection fails;
 * a search that the server refuses shows nothing.
 */
export async function readGroupOverview(looking: Looking): Promise<SeenGroups> {
  const seen = new Map<string, SeenGroup>();
  // Which members are groups is known only when all groups are.
  const isWhole = await visitGroups(looking, ['objectClass'], (entry) => {
    const key = toMemberKey('dn', entry.dn);
    if (entry.dn.length <= MAX_DN && seen.size < MAX_GROUPS && !seen.has(key)) seen.set(key, toSeen(entry));
  });
  let counted = 0;
  await visitGroups(looking, [...MEMBER_ATTRIBUTES, MEMBER_URL], (entry) => {
    const group = seen.get(toMemberKey('dn', entry.dn));
    if (group && (counted += count(entry, group, seen)) > MAX_MEMBERS) group.isMore = true;
  });
  return { groups: [...seen.values()], isMore: !isWhole };

  function count(entry: DirectoryEntry, group: SeenGroup, groups: ReadonlyMap<string, SeenGroup>): number {
    let found = 0;
    for (const attribute of MEMBER_ATTRIBUTES)
      for (const { values, next, isCut } of rangedValuesOf(entry, attribute)) {
        group.members.set(attribute, (group.members.get(attribute) ?? 0) + values.length);
        group.isMore ||= next !== undefined || isCut;
        found += values.length;
        if (attribute === 'memberUid' || group.isNested || counted > MAX_MEMBERS) continue;
        group.isNested = values.some(
          (value) => value.length <= MAX_DN && groups.has(toMemberKey('dn', value.toString())),
        );
      }
    group.isDynamic ||= entry.attributes.has(MEMBER_URL.toLowerCase());
    return found;
  }
}

function toSeen({ dn, attributes }: DirectoryEntry): SeenGroup {
  const classes = (attributes.get('objectclass')?.values ?? []).slice(0, 50);
  return {
    dn,
    classes: new Set(classes.map((value) => value.subarray(0, 100).toString().toLowerCase())),
    members: new Map(),
    isMore: false,
    isNested: false,
    isDynamic: false,
  };
}

async function visitGroups(
  { directory, baseDN, pageSize, signal }: Looking,
  attributes: readonly string[],
  visit: (entry: DirectoryEntry) => void,
): Promise<boolean> {
  const filter = anyOf(GROUP_CLASSES.map((name) => equals('objectClass', name)));
  const where: SearchQuery = { baseDN, scope: 'sub', filter, attributes, pageSize, sizeLimit: MAX_GROUPS };
  let isWhole = false;
  try {
    await visitEntries(
      directory,
      { ...where, sliced: [...MEMBER_ATTRIBUTES] },
      {
        signal,
        tolerated: ['size-limit', 'referral', 'paging-unsupported', 'admin-limit', 'time-limit'],
        failure: 'The groups could not be looked at',
        ended: (end) =>
          void (isWhole = end.complete || end.reason === 'referral' || end.reason === 'paging-unsupported'),
        visit,
      },
    );
  } catch (error) {
    if (!(error instanceof LdapSyncError) || error.code !== 'directory-search') throw error;
  }
  return isWhole;
}

/** How many members a group lists. */
export function toMemberCount({ members }: SeenGroup): number {
  return [...members.values()].reduce((sum, one) => sum + one, 0);
}
