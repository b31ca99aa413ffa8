import { toCanonicalDN } from '../directory/distinguished-name.js';
import { present } from '../directory/filter/search-filter.js';
import { findNamingContext } from '../directory/naming-context.js';
import { readGraph } from './group-graph.js';
import { toLinkKey, type GroupNode, type GroupNodes } from './group-node.js';
import type { ListedQuestion } from './group-search-filters.js';
import { toMemberKey } from './member-key.js';
import { createNumberSet, type NumberSet } from './number-set.js';
import { sweep, type Failure, type GroupSearch } from './read-groups.js';
import { isRefusal } from './value-range.js';

/** What is known of the groups that are within others. */
export interface NestedRead {
  readonly failure: Failure | undefined;
  /** Whether a member of the group is an entry that is not shown: it may be a group, and have members. */
  hasHiddenMember(node: GroupNode): boolean;
}

/** What was read for nested groups, by where and how. */
export type Graphs = Map<string, Promise<NestedRead>>;

const NOTHING_NESTED: NestedRead = { failure: undefined, hasHiddenMember: () => false };

/** Reads the groups that may be within those of the question: they may be anywhere in the directory. */
export async function readNested(
  { baseDN, form }: ListedQuestion,
  { nodes, search, graphs }: { nodes: GroupNodes; search: GroupSearch; graphs: Graphs },
): Promise<NestedRead> {
  const attributes = form.links.filter(({ isNested }) => isNested).map(({ attribute }) => attribute);
  if (attributes.length === 0) return NOTHING_NESTED;
  const context = (await tryToFindContext(baseDN, search)) ?? baseDN;
  const key = JSON.stringify([
    toCanonicalDN(context) ?? context,
    attributes.map((name) => name.toLowerCase()).sort(),
  ]);
  const read = graphs.get(key) ?? readContext({ baseDN: context, attributes }, nodes, search);
  graphs.set(key, read);
  return read;
}

async function readContext(
  { baseDN, attributes }: { readonly baseDN: string; readonly attributes: readonly string[] },
  nodes: GroupNodes,
  search: GroupSearch,
): Promise<NestedRead> {
  const failure = await readGraph({ baseDN, attributes }, nodes, search);
  // Active Directory knows the members of groups that it does not show, and is asked before anybody loses
  // anything.
  if (failure || search.isActiveDirectory) return { ...NOTHING_NESTED, failure };
  const shown = createNumberSet();
  const unshown = await readShown(baseDN, { nodes, search, shown });
  const keys = attributes.map((attribute) => toLinkKey({ attribute, by: 'dn' }));
  const isHidden = (number: number): boolean => !nodes.find(number) && !shown.has(number);
  return {
    failure: unshown,
    hasHiddenMember: ({ members }) => keys.some((one) => [...(members.get(one) ?? [])].some(isHidden)),
  };
}

/** Finds out which members are entries that are shown, in one search for nothing but DNs. */
function readShown(
  baseDN: string,
  { nodes: { table }, search, shown }: { nodes: GroupNodes; search: GroupSearch; shown: NumberSet },
): Promise<Failure | undefined> {
  const filter = present('objectClass');
  const query = {
    baseDN,
    scope: 'sub',
    filter,
    attributes: [],
    pageSize: search.pageSize,
    sizeLimit: 0,
  } as const;
  return sweep(query, search, ({ dn }) => {
    const number = table.find(toMemberKey('dn', dn));
    if (number >= 0) shown.add(number);
  });
}

async function tryToFindContext(
  baseDN: string,
  { directory, signal }: GroupSearch,
): Promise<string | undefined> {
  try {
    return await findNamingContext(directory, baseDN, signal);
  } catch (error) {
    if (isRefusal(error)) return undefined;
    throw error;
  }
}
