import type { GroupPerson, MemberLink, Membership, PersonMemberships } from '../directory/groups.js';
import { toLinkKey, type GroupNode } from './group-node.js';
import type { ListedQuestion } from './group-search-filters.js';
import { fillPerson } from './group-template.js';
import type { KeyTable } from './key-table.js';
import type { ListedGroups } from './listed-groups.js';
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

  const lists = (group: string): boolean => {
    const lists = groups.listsOf(group);
    return sought.some(({ numbers }, index) =>
      numbers.some((number) => lists[index]?.some((members) => members.has(number)) === true),
    );
  };

  /** A group that is somebody's primary group does not list them. */
  const isPrimary = (node: GroupNode): boolean =>
    isByDN &&
    person.primaryGroupSid !== undefined &&
    [...groups.reachOf(node)].some(({ sid }) => sid === person.primaryGroupSid);

  /** The entry says that the person is in the group, or in one of its members, where those count. */
  const isClaimed = (node: GroupNode): boolean =>
    claimed.some((number) =>
      [...groups.reachOf(node)].some(
        (one) =>
          one.number === number ||
          sought.some(({ key, isNested }) => isNested && one.members.get(key)?.has(number) === true),
      ),
    );

  return (group): Membership => {
    const nodes = groups.nodesOf(group);
    if (lists(group) || nodes.some(isPrimary)) return 'member';
    if (groups.reading(group).state !== 'read' || sought.some(({ isUnknown }) => isUnknown)) return 'unknown';
    return nodes.some(isClaimed) ? 'unknown' : 'not-member';
  };
}

function toSought(link: MemberLink, person: GroupPerson, table: KeyTable): Sought {
  const texts = fillPerson(link.template, person);
  const numbers = texts.map((text) => table.find(toMemberKey(link.by, text))).filter((number) => number >= 0);
  return { key: toLinkKey(link), isNested: link.isNested, numbers, isUnknown: texts.length === 0 };
}
