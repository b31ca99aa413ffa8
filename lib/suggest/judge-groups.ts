import { joinEvidence, toEvidence } from '../findings/observation.js';
import {
  GROUP_CLASSES,
  MEMBER_ATTRIBUTES,
  type MemberAttribute,
  type SeenGroup,
} from '../survey/group-overview.js';
import { toCommonPlace } from './dn-places.js';
import type { SeenDirectory } from './seen-directory.js';
import type { Proposed } from './suggestion.js';

/** What a group lists of a member. */
const FORMATS: Readonly<Record<MemberAttribute, string>> = {
  member: '#{userdn}',
  uniqueMember: '#{userdn}',
  memberUid: '#{username}',
};

const IN_CHAIN = ':1.2.840.113556.1.4.1941:';

/** How groups list their members, and where they are. None of it switches anything on. Pure. */
export function judgeGroups({ groups: { groups, base, isMore } }: SeenDirectory): readonly Proposed[] {
  const [attribute, listing] = findMemberAttribute(groups);
  if (!attribute) return [];
  const counts = { count: listing.length, groups: groups.length };
  const evidence = toEvidence('members-seen', { ...counts, attribute });
  const told = {
    ...evidence,
    confidence: listing.length * 2 >= groups.length ? 'high' : 'medium',
  } as const;
  const where = isMore
    ? base
    : (toCommonPlace(
        listing.map(({ dn }) => dn),
        base,
      ) ?? base);
  const place = {
    value: where,
    ...joinEvidence([toEvidence('groups-below', {}), evidence]),
    confidence: 'medium',
  } as const;
  const test = `${attribute}=${FORMATS[attribute]}`;
  const one = { ...told, value: `(&(cn=#{groupName})(${test}))`, others: toNested(listing, attribute) };
  return [
    { setting: 'LDAP_Group_Filter_ObjectClass', value: findClass(listing), ...told },
    { setting: 'LDAP_Group_Filter_Group_Id_Attribute', value: 'cn', ...told },
    { setting: 'LDAP_Group_Filter_Group_Member_Attribute', value: attribute, ...told },
    { setting: 'LDAP_Group_Filter_Group_Member_Format', value: FORMATS[attribute], ...told },
    { setting: 'LDAP_Sync_User_Data_Roles_BaseDN', ...place },
    { setting: 'LDAP_Sync_User_Data_Roles_Filter', ...one },
    { setting: 'LDAP_Sync_User_Data_Channels_BaseDN', ...place },
    { setting: 'LDAP_Sync_User_Data_Channels_Filter', ...one },
    { setting: 'LDAP_Teams_BaseDN', ...place },
    { setting: 'LDAP_Teams_Name_Field', value: 'cn', ...told },
    { setting: 'LDAP_Query_To_Get_User_Teams', ...told, value: `(&(cn=*)(${test}))` },
  ];
}

/** The one that most groups, whose names are `cn`, have members in. */
function findMemberAttribute(
  groups: readonly SeenGroup[],
): readonly [MemberAttribute | undefined, readonly SeenGroup[]] {
  const named = groups.filter(({ dn }) => /^cn=/i.test(dn));
  const rated = MEMBER_ATTRIBUTES.map((name) => {
    const listing = named.filter(({ members }) => (members.get(name) ?? 0) > 0);
    return [name, listing] as const;
  }).filter(([, listing]) => listing.length > 0);
  return [...rated].sort(([, one], [, other]) => other.length - one.length)[0] ?? [undefined, []];
}

function findClass(groups: readonly SeenGroup[]): string {
  const rated = GROUP_CLASSES.map((name) => ({
    name,
    count: groups.filter(({ classes }) => classes.has(name.toLowerCase())).length,
  }));
  return rated.sort((one, other) => other.count - one.count)[0]?.name ?? '';
}

function toNested(groups: readonly SeenGroup[], attribute: MemberAttribute): Proposed['others'] {
  const nested = groups.filter(({ isNested }) => isNested).length;
  if (nested === 0 || attribute === 'memberUid') return [];
  return [
    {
      value: `(&(cn=#{groupName})(${attribute}${IN_CHAIN}=${FORMATS[attribute]}))`,
      ...toEvidence('groups-nested', { count: nested }),
    },
  ];
}
