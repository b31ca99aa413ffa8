import type { GroupNode } from './group-node.js';
import type { ListedQuestion } from './group-search-filters.js';
import { fillGroupName } from './group-template.js';
import { toComparedName } from './member-key.js';

/** The groups that were found, by what the question calls them. */
export function indexByName(
  { form: { naming } }: ListedQuestion,
  found: ReadonlySet<GroupNode>,
): ReadonlyMap<string, readonly GroupNode[]> {
  const byName = new Map<string, GroupNode[]>();
  const add = (name: string, node: GroupNode): void =>
    void byName.set(name, [...(byName.get(name) ?? []), node]);
  for (const node of found) {
    if (naming.by === 'value') {
      const values = node.names.get(naming.attribute.toLowerCase()) ?? [];
      for (const name of new Set(values.map(toComparedName))) add(name, node);
    }
    if (naming.by === 'first-present') {
      const named = naming.attributes.map((attribute) => node.names.get(attribute.toLowerCase()) ?? []);
      for (const name of new Set(named.find(({ length }) => length > 0))) add(name, node);
    }
  }
  return byName;
}

/** A server compares without regard to case; the names that groups are called by are compared as they are. */
export function toNameIndex({ form: { naming } }: ListedQuestion, group: string): string {
  return naming.by === 'value' ? toComparedName(fillGroupName(naming.template, group)) : group;
}
