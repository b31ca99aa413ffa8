import { toBatches } from '../batches.js';
import { allOf, anyOf, equals, type SearchFilter } from '../directory/filter/search-filter.js';
import type { GroupForm, GroupNaming, MembershipQuestion } from '../directory/groups.js';
import { toCanonicalDN } from '../directory/distinguished-name.js';
import { toLinkKey, type LinkRead } from './group-node.js';
import { fillGroupName } from './group-template.js';
import type { WantedGroups } from './read-groups.js';

/** A question about groups that list their members. */
export type ListedQuestion = MembershipQuestion & { readonly form: GroupForm & { readonly kind: 'listed' } };

/** Questions that are answered from the same searches: they ask in one place, for groups of one kind. */
export interface GroupPass {
  readonly questions: readonly ListedQuestion[];
  readonly searches: readonly WantedGroups[];
}

/** Names in one filter: enough to need few searches, and few enough for every server. */
const BATCH = 100;

/** Groups the questions that can share searches. */
export function toPasses(questions: readonly ListedQuestion[]): readonly GroupPass[] {
  const byPlace = new Map<string, ListedQuestion[]>();
  for (const question of questions) {
    const { baseDN, scope, form } = question;
    const place = JSON.stringify([toCanonicalDN(baseDN) ?? baseDN, scope, form.fixed]);
    byPlace.set(place, [...(byPlace.get(place) ?? []), question]);
  }
  return [...byPlace.values()].map(toPass);
}

function toPass(questions: readonly ListedQuestion[]): GroupPass {
  const [{ baseDN, scope, form }] = questions as [ListedQuestion];
  const links = toLinks(questions);
  const nameAttributes = distinct(questions.flatMap(({ form: { naming } }) => attributesOf(naming)));
  const tests = new Map<string, SearchFilter>();
  for (const question of questions)
    for (const group of question.groups)
      for (const test of toNameTests(question.form.naming, group)) tests.set(JSON.stringify(test), test);
  const searches = toBatches([...tests.values()], BATCH).map((batch) => ({
    baseDN,
    scope,
    filter: allOf([...form.fixed, anyOf(batch)]),
    nameAttributes,
    links,
  }));
  return { questions, searches: [...searches] };
}

/** What finds a group by its name: any of these; none for a group that is meant by its DN. */
export function toNameTests(naming: GroupNaming, group: string): readonly SearchFilter[] {
  switch (naming.by) {
    case 'value':
      return [equals(naming.attribute, fillGroupName(naming.template, group))];
    case 'first-present':
      return naming.attributes.map((attribute) => equals(attribute, group));
    case 'dn':
      // The group is among all groups, which are read anyway.
      return [];
  }
}

function attributesOf(naming: GroupNaming): readonly string[] {
  if (naming.by === 'value') return [naming.attribute];
  return naming.by === 'first-present' ? naming.attributes : [];
}

/** What the questions read of a group, each once. */
function toLinks(questions: readonly ListedQuestion[]): readonly LinkRead[] {
  const links = questions.flatMap(({ form }) => form.links);
  const byKey = new Map<string, LinkRead>();
  for (const { attribute, by } of links) byKey.set(toLinkKey({ attribute, by }), { attribute, by });
  return [...byKey.values()];
}

function distinct(names: readonly string[]): readonly string[] {
  return [...new Map(names.map((name) => [name.toLowerCase(), name])).values()];
}
