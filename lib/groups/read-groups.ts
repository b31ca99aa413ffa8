import type { Directory, DirectoryEntry, SearchQuery, SweepEnd } from '../directory/directory.js';
import { textsOf, type GroupNode, type GroupNodes, type LinkRead } from './group-node.js';
import { isRefusal, rangedValuesOf, readRest } from './value-range.js';

/** What every search for groups needs. */
export interface GroupSearch {
  readonly directory: Directory;
  readonly pageSize: number;
  readonly signal: AbortSignal;
  readonly isActiveDirectory: boolean;
}

/** Groups that one search finds, and what is read of them. */
export interface WantedGroups extends Pick<SearchQuery, 'baseDN' | 'scope' | 'filter'> {
  readonly nameAttributes: readonly string[];
  readonly links: readonly LinkRead[];
}

/** How a search for groups ended. */
interface GroupsEnd {
  readonly nodes: ReadonlySet<GroupNode>;
  /** Why not everything was read; `undefined`: everything was. */
  readonly failure: Failure | undefined;
}

export interface Failure {
  readonly message: string;
  readonly remedy: string;
}

/** With it a group says that its members are the answer to a search (`groupOfURLs`). */
const MEMBER_URL = 'memberURL';
const SID = 'objectSid';

/** What is still to be read of a group. */
interface Open {
  readonly node: GroupNode;
  readonly attribute: string;
  readonly from: number;
}

/** One search, and the further values of those groups that have many. Rejects when the connection fails. */
export async function readGroups(
  { nameAttributes, links, ...where }: WantedGroups,
  nodes: GroupNodes,
  search: GroupSearch,
): Promise<GroupsEnd> {
  const found = new Set<GroupNode>();
  const open: Open[] = [];
  const sliced = [...new Set(links.map(({ attribute }) => attribute))];
  const query: SearchQuery = {
    ...where,
    attributes: [...new Set([...nameAttributes, ...sliced, MEMBER_URL, SID])],
    sliced,
    pageSize: search.pageSize,
    sizeLimit: 0,
  };
  const failure = await sweep(query, search, (entry) => {
    const node = nodes.open(entry.dn);
    found.add(node);
    open.push(...addEntry(entry, node, { nameAttributes, links, nodes }));
  });
  for (const one of open) await readOpen(one, links, { nodes, search });
  return { nodes: found, failure };
}

/** Keeps what an entry, or a piece of one, says of a group. Gives what is still to be asked for. */
function addEntry(
  entry: DirectoryEntry,
  node: GroupNode,
  { nameAttributes, links, nodes }: Pick<WantedGroups, 'nameAttributes' | 'links'> & { nodes: GroupNodes },
): readonly Open[] {
  const open = new Map<string, Open>();
  for (const link of links) {
    for (const { values, next, isCut } of rangedValuesOf(entry, link.attribute)) {
      nodes.addMembers(node, link, values);
      node.isCut ||= isCut;
      const { attribute } = link;
      // The pieces of one part all say where it ends; only the entry, which comes last, counts.
      if (next !== undefined && !entry.isPiece) open.set(attribute, { node, attribute, from: next });
    }
  }
  if (entry.isPiece) return [];
  for (const attribute of nameAttributes) node.names.set(attribute.toLowerCase(), textsOf(entry, attribute));
  node.isDynamic = textsOf(entry, MEMBER_URL).length > 0;
  node.sid = entry.attributes.get(SID.toLowerCase())?.values[0]?.toString('hex');
  return [...open.values()];
}

async function readOpen(
  { node, attribute, from }: Open,
  links: readonly LinkRead[],
  { nodes, search: { directory, signal } }: { readonly nodes: GroupNodes; readonly search: GroupSearch },
): Promise<void> {
  const own = links.filter((link) => link.attribute === attribute);
  const visit = (values: readonly Buffer[]): void => {
    for (const link of own) nodes.addMembers(node, link, values);
  };
  const isWhole = await readRest({ dn: node.dn, attribute, from }, directory, { signal, visit });
  if (!isWhole) node.isCut = true;
}

/** Reads a search to its end. Gives why it did not show everything; rejects when the connection fails. */
export async function sweep(
  query: SearchQuery,
  { directory, signal }: GroupSearch,
  visit: (entry: DirectoryEntry) => void,
): Promise<Failure | undefined> {
  const pages = directory.sweep(query, signal);
  try {
    for (;;) {
      const { done, value } = await pages.next();
      if (done) return toFailure(value);
      value.forEach(visit);
    }
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return { message: error.message, remedy: error.remedy ?? 'Look into the log of the directory server.' };
  }
}

/** A server that does not page has answered with everything. */
function toFailure(end: SweepEnd): Failure | undefined {
  if (end.complete || end.reason === 'paging-unsupported') return undefined;
  return { message: end.message, remedy: end.remedy };
}
