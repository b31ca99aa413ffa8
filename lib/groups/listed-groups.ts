import type { GroupReading, GroupState } from '../directory/groups.js';
import { toReach } from './group-graph.js';
import { hasMembers, toLinkKey, type GroupNode, type GroupNodes } from './group-node.js';
import { toPasses, type GroupPass, type ListedQuestion } from './group-search-filters.js';
import { fillGroupName } from './group-template.js';
import { createGroupIndex, type GroupIndex } from './group-index.js';
import { indexByName, toNameIndex } from './groups-by-name.js';
import { toMemberKey } from './member-key.js';
import { readNested, type Graphs, type NestedRead } from './nested-groups.js';
import type { ReadyGroup } from './ready-group.js';
import { readGroups, type Failure, type GroupSearch } from './read-groups.js';

/** What was read of the groups of one question. */
export interface ListedGroups {
  read(group: string): ReadyGroup;
  /** `undefined`: every group has to be looked at. */
  readonly index: GroupIndex | undefined;
  reading(group: string): GroupReading;
  /** Why not everything could be read. */
  readonly failure: Failure | undefined;
  /** Whether the place where groups should be shows any of them. */
  readonly isAnyFound: boolean;
}

/** Reads the groups of all questions. */
export async function readListed(
  questions: readonly ListedQuestion[],
  nodes: GroupNodes,
  search: GroupSearch,
): Promise<ReadonlyMap<ListedQuestion, ListedGroups>> {
  const listed = new Map<ListedQuestion, ListedGroups>();
  const graphs: Graphs = new Map();
  for (const pass of toPasses(questions)) {
    const read = await readPass(pass, nodes, search);
    for (const question of pass.questions) {
      const nested = await readNested(question, { nodes, search, graphs });
      listed.set(question, toListed(question, { ...read, nested }, { nodes, search }));
    }
  }
  return listed;
}

interface PassRead {
  readonly found: ReadonlySet<GroupNode>;
  readonly failure: Failure | undefined;
}

async function readPass({ searches }: GroupPass, nodes: GroupNodes, search: GroupSearch): Promise<PassRead> {
  const found = new Set<GroupNode>();
  let failure: Failure | undefined;
  for (const wanted of searches) {
    const end = await readGroups(wanted, nodes, search);
    for (const node of end.nodes) found.add(node);
    failure ??= end.failure;
  }
  return { found, failure };
}

function toListed(
  question: ListedQuestion,
  { found, nested, failure = nested.failure }: PassRead & { readonly nested: NestedRead },
  { nodes, search }: { readonly nodes: GroupNodes; readonly search: GroupSearch },
): ListedGroups {
  const byName = indexByName(question, found);
  const { naming, links } = question.form;
  const followed = links.filter(({ isNested }) => isNested);
  const reached = new Map<GroupNode, ReadonlySet<GroupNode>>();

  function findNodes(group: string): readonly GroupNode[] {
    if (naming.by !== 'dn') return byName.get(toNameIndex(question, group)) ?? [];
    const node = nodes.find(nodes.table.find(toMemberKey('dn', fillGroupName(naming.template, group))));
    return node ? [node] : [];
  }

  function reachOf(node: GroupNode): ReadonlySet<GroupNode> {
    let reach = reached.get(node);
    if (!reach) reached.set(node, (reach = toReach(node, followed, nodes)));
    return reach;
  }

  function stateOf(own: readonly GroupNode[], within: readonly GroupNode[]): GroupState {
    if (failure) return 'unread';
    if (own.length === 0) return 'missing';
    if (within.some(({ isDynamic }) => isDynamic)) return 'dynamic';
    if (within.some((node) => node.isCut || nested.hasHiddenMember(node))) return 'cut';
    if (!own.some(hasMembers)) return 'empty';
    // Active Directory has empty groups, and is asked itself before anybody loses anything.
    const isOpen =
      !search.isActiveDirectory && within.some((node) => !own.includes(node) && !hasMembers(node));
    return isOpen ? 'cut' : 'read';
  }

  function toRead(group: string): ReadyGroup {
    const own = findNodes(group);
    const reach = new Set(own.flatMap((node) => [...reachOf(node)]));
    return {
      reach,
      lists: links.map((link) =>
        (link.isNested ? [...reach] : own).flatMap(({ members }) => members.get(toLinkKey(link)) ?? []),
      ),
      sids: new Set([...reach].flatMap(({ sid }) => sid ?? [])),
      reading: { state: stateOf(own, [...reach]), dns: own.slice(0, 10).map(({ dn }) => dn) },
    };
  }

  const known = new Map<string, ReadyGroup>();
  function read(group: string): ReadyGroup {
    let one = known.get(group);
    if (!one) known.set(group, (one = toRead(group)));
    return one;
  }

  let index: GroupIndex | undefined | null = null;
  return {
    read,
    get index() {
      if (index === null) index = createGroupIndex(question.groups, read);
      return index;
    },
    reading: (group) => read(group).reading,
    failure,
    isAnyFound: found.size > 0 || naming.by === 'dn',
  };
}
