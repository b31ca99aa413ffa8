import type { SearchFilter } from '../directory/filter/search-filter.js';
import type { GroupForm, GroupNaming, MemberLink } from '../directory/groups.js';
import { toAlternatives, toConjuncts, toTest, useOf, type AttributeTest } from './filter-parts.js';
import type { GroupStrategy } from './group-strategy.js';

/** The parts of a filter, by what they say something of. */
interface Parts {
  readonly fixed: readonly SearchFilter[];
  readonly ofGroup: readonly SearchFilter[];
  readonly ofPerson: readonly SearchFilter[];
  readonly ofBoth: readonly SearchFilter[];
}

type Listed = GroupForm & { readonly kind: 'listed' };

const MEMBER_OF = new Set(['memberof', 'ismemberof']);
/**
 * Tests of these say that an entry is a person. A member who is looked up by the DN of a person is one
 * anyway.
 */
const CLASSES = new Set(['objectclass', 'objectcategory', 'samaccounttype']);

/** The usual form that a filter has; else it has to be asked of each person. */
export function toForm(filter: SearchFilter, strategy: GroupStrategy): GroupForm {
  const parts = sortParts(toConjuncts(filter));
  const eachPerson = (why: string): GroupForm => ({
    kind: 'each-person',
    filter,
    nameAttributes: toNameAttributes(parts, strategy),
    why,
  });
  if (parts.ofBoth.length > 0) return eachPerson('tests the group and the person in one part');
  const [person, ...furtherPerson] = parts.ofPerson;
  if (!person || furtherPerson.length > 0) return eachPerson('tests the person in several parts');
  if (strategy.kind === 'once') {
    const naming = { by: 'first-present', attributes: strategy.nameAttributes } as const;
    return toListed(parts.fixed, naming, person) ?? eachPerson(NO_EQUALITY);
  }
  const [group, ...furtherGroup] = parts.ofGroup;
  const test = group && toTest(group);
  if (!test || furtherGroup.length > 0) return eachPerson('tests the name of the group in an unusual way');
  if (MEMBER_OF.has(test.attribute.toLowerCase()))
    return toMemberOf(parts.fixed, test, person) ?? eachPerson('tests memberOf in an unusual way');
  if (test.isNested) return eachPerson('tests the name of the group in an unusual way');
  const naming = { by: 'value', attribute: test.attribute, template: test.template } as const;
  return toListed(parts.fixed, naming, person) ?? eachPerson(NO_EQUALITY);
}

const NO_EQUALITY = 'tests the person with something else than an equality';

function sortParts(conjuncts: readonly SearchFilter[]): Parts {
  const uses = conjuncts.map((part) => ({ part, ...useOf(part) }));
  const pick = (ofGroup: boolean, ofPerson: boolean): readonly SearchFilter[] =>
    uses.filter((use) => use.ofGroup === ofGroup && use.ofPerson === ofPerson).map(({ part }) => part);
  return {
    fixed: pick(false, false),
    ofGroup: pick(true, false),
    ofPerson: pick(false, true),
    ofBoth: pick(true, true),
  };
}

function toListed(
  fixed: readonly SearchFilter[],
  naming: GroupNaming,
  person: SearchFilter,
): Listed | undefined {
  const tests = toAlternatives(person).map(toTest);
  const links = tests.flatMap((test) => (test ? [toLink(test)] : []));
  const [first, ...others] = links;
  if (!first || links.length < tests.length) return undefined;
  return { kind: 'listed', fixed, naming, links: [first, ...others] };
}

export function toLink({ attribute, template, isNested }: AttributeTest): MemberLink {
  return { attribute, template, by: isDN(template) ? 'dn' : 'name', isNested };
}

/** `#{userdn}`, or a DN that is made of the name. */
function isDN(template: string): boolean {
  return template.includes('#{userdn}') || /^\s*[\w.-]+\s*=/.test(template);
}

function toMemberOf(
  fixed: readonly SearchFilter[],
  group: AttributeTest,
  person: SearchFilter,
): GroupForm | undefined {
  const test = toTest(person);
  if (!test || test.isNested) return undefined;
  if (!group.isNested) return { kind: 'member-of', fixed, group: group.template, person: toLink(test) };
  // The groups are followed from above: from the group to its members, whose DNs are those of people.
  const isPlain = fixed.every((part) => part.type === 'equal' && CLASSES.has(part.attribute.toLowerCase()));
  if (!isPlain) return undefined;
  const link = { attribute: 'member', template: '#{userdn}', by: 'dn', isNested: true } as const;
  return { kind: 'listed', fixed: [], naming: { by: 'dn', template: group.template }, links: [link] };
}

/** By what the groups that a search finds are told apart; none: each has to be asked for by itself. */
function toNameAttributes({ ofGroup, ofBoth }: Parts, strategy: GroupStrategy): readonly string[] {
  if (strategy.kind === 'once') return strategy.nameAttributes;
  const [only, ...further] = ofGroup;
  const test = only && toTest(only);
  const isAlone = further.length === 0 && ofBoth.length === 0;
  return isAlone && test && !test.isNested && test.template === '#{groupName}' ? [test.attribute] : [];
}
