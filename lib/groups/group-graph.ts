import { anyOf, equals, present } from '../directory/filter/search-filter.js';
import type { MemberLink } from '../directory/groups.js';
import { toLinkKey, type GroupNode, type GroupNodes } from './group-node.js';
import { readGroups, type Failure, type GroupSearch } from './read-groups.js';

/** These are asked for as well, since a group whose members cannot be seen is still a group. */
const CLASSES = ['group', 'groupOfNames', 'groupOfUniqueNames', 'groupOfMembers', 'groupOfURLs'];

/**
 * Reads all groups that list members with one of these attributes: which groups are in which is not known
 * before, and asking the server for it takes minutes a group.
 */
export async function readGraph(
  { baseDN, attributes }: { readonly baseDN: string; readonly attributes: readonly string[] },
  nodes: GroupNodes,
  search: GroupSearch,
): Promise<Failure | undefined> {
  const links = attributes.map((attribute) => ({ attribute, by: 'dn' }) as const);
  const filter = anyOf([...attributes.map(present), ...CLASSES.map((name) => equals('objectClass', name))]);
  const { failure } = await readGroups(
    { baseDN, scope: 'sub', filter, nameAttributes: [], links },
    nodes,
    search,
  );
  return failure;
}

/**
 * The group and all groups that are in it by these links, however deep: each once, so a group that is in
 * itself is no endless circle.
 */
export function toReach(
  node: GroupNode,
  links: readonly MemberLink[],
  nodes: Pick<GroupNodes, 'find'>,
): ReadonlySet<GroupNode> {
  const keys = links.map(toLinkKey);
  const reached = new Set([node]);
  // A set goes on with what is added to it while it is gone through.
  for (const { members } of reached) {
    const children = keys.flatMap((key) => [...(members.get(key) ?? [])].map(nodes.find));
    for (const child of children) if (child) reached.add(child);
  }
  return reached;
}
