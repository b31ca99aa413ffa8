import type { SearchQuery } from '../directory/directory.js';
import { allOf, anyOf, equals, type SearchFilter } from '../directory/filter/search-filter.js';
import type { GroupPerson, MemberLink, MembershipQuestion } from '../directory/groups.js';
import { IN_CHAIN } from './filter-parts.js';
import { toNameTests } from './group-search-filters.js';
import { fillGroupName, fillPerson } from './group-template.js';
import { sweep, type GroupSearch } from './read-groups.js';

interface Asked {
  readonly question: MembershipQuestion;
  readonly group: string;
  readonly person: GroupPerson;
}

/**
 * Whether the server itself finds the group by this person, or does not say. It has an index, rules of its own for
 * what is equal, and, if it is an Active Directory, groups within groups: another witness than what was read.
 */
export async function askServer(asked: Asked, search: GroupSearch): Promise<boolean> {
  const filter = toFilter(asked, search.isActiveDirectory);
  if (!filter) return false;
  let found = 0;
  const query = { ...toPlace(asked), filter, attributes: [], pageSize: 0, sizeLimit: 1 };
  const failure = await sweep(query, search, () => void (found += 1));
  // A search that is refused, or ends early, is no witness against anybody.
  return found > 0 || failure !== undefined;
}

/** A group that is meant by its DN is asked for there. */
function toPlace({ question, group }: Asked): Pick<SearchQuery, 'baseDN' | 'scope'> {
  const { form, baseDN, scope } = question;
  if (form.kind !== 'listed' || form.naming.by !== 'dn') return { baseDN, scope };
  return { baseDN: fillGroupName(form.naming.template, group), scope: 'base' };
}

function toFilter({ question: { form }, group, person }: Asked, isAD: boolean): SearchFilter | undefined {
  switch (form.kind) {
    case 'listed': {
      const names = toNameTests(form.naming, group);
      const name = names.length > 0 ? [anyOf(names)] : [];
      const links = form.links.flatMap((link) => toLinkFilters(link, person, isAD));
      return links.length > 0 ? allOf([...form.fixed, ...name, anyOf(links)]) : undefined;
    }
    case 'member-of': {
      const people = toLinkFilters({ ...form.person, isNested: false }, person, isAD);
      const memberOf = equals('memberOf', fillGroupName(form.group, group));
      return people.length > 0 ? allOf([...form.fixed, anyOf(people), memberOf]) : undefined;
    }
    case 'each-person':
      // Here every answer comes from such a search already.
      return undefined;
  }
}

function toLinkFilters(
  { attribute, template, isNested }: MemberLink,
  person: GroupPerson,
  isAD: boolean,
): readonly SearchFilter[] {
  return fillPerson(template, person).map((text): SearchFilter => {
    if (!isNested || !isAD) return equals(attribute, text);
    return { type: 'extensible', attribute, rule: IN_CHAIN, value: Buffer.from(text), dnAttributes: false };
  });
}
