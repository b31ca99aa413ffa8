import type { GroupPerson, MemberLink, Membership, PersonMemberships } from '../directory/groups.js';
import { toLinkKey } from './group-node.js';
import type { ListedQuestion } from './group-search-filters.js';
import { fillPerson } from './group-template.js';
import type { KeyTable } from './key-table.js';
import type { ListedGroups } from './listed-groups.js';
import type { ReadyGroup } from './ready-group.js';
import { toMemberKey } from './member-key.js';

/** What the groups of a question list somebody as. */
interface Sought {
  readonly key: string;
  readonly isNested: boolean;
  /** In the table of keys; whom no group lists is not in it. */
  readonly numbers: readonly number[];
  /** The entry has no user name to look for. */
  readonly isUnknown: boolean;
}

/** What the groups of a question, as they were read, say of one person. */
export function answerListed(
  { form: { links } }: ListedQuestion,
  groups: ListedGroups,
  { person, table }: { readonly person: GroupPerson; readonly table: KeyTable },
): PersonMemberships {
  const sought = links.map((link) => toSought(link, person, table));
  const isByDN = links.some(({ template }) => template.includes('#{userdn}'));
  const claimed = (person.memberOf ?? []).map((dn) => table.find(toMemberKey('dn', dn)));

  const isUnknown = sought.some((one) => one.isUnknown);

  const places = sought.flatMap(({ numbers }, index) => numbers.map((number) => ({ index, number })));

  function isListed({ lists }: ReadyGroup): boolean {
    for (const { index, number } of places)
      for (const members of lists[index] ?? []) if (members.has(number)) return true;
    return false;
  }

  /** A group that is somebody's primary group does not list them. */
  const isPrimary = ({ sids }: ReadyGroup): boolean =>
    isByDN && person.primaryGroupSid !== undefined && sids.has(person.primaryGroupSid);

  /** The entry says that the person is in the group, or in one of its members, where those count. */
  const isClaimed = ({ reach }: ReadyGroup): boolean =>
    claimed.some((number) =>
      [...reach].some(
        (one) =>
          one.number === number ||
          sought.some(({ key, isNested }) => isNested && one.members.get(key)?.has(number) === true),
      ),
    );

  const membershipIn = (name: string): Membership => {
    const group = groups.read(name);
    if (isListed(group) || isPrimary(group)) return 'member';
    if (isUnknown || group.reading.state !== 'read') return 'unknown';
    return isClaimed(group) ? 'unknown' : 'not-member';
  };
  if (isUnknown) return membershipIn;
  const numbers = [...places.map(({ number }) => number), ...claimed.filter((number) => number >= 0)];
  const mayBeIn = groups.index?.find(numbers, isByDN ? person.primaryGroupSid : undefined);
  return mayBeIn ? Object.assign(membershipIn, { mayBeIn }) : membershipIn;
}

function toSought(link: MemberLink, person: GroupPerson, table: KeyTable): Sought {
  const texts = fillPerson(link.template, person);
  const numbers = texts.map((text) => table.find(toMemberKey(link.by, text))).filter((number) => number >= 0);
  return { key: toLinkKey(link), isNested: link.isNested, numbers, isUnknown: texts.length === 0 };
}
