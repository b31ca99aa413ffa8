import type { DirectoryEntry } from '../directory/directory.js';
import { toMemberKey } from './member-key.js';
import type { KeyTable } from './key-table.js';
import { createNumberSet, type NumberSet } from './number-set.js';

/** One group, as it was read. */
export interface GroupNode {
  readonly dn: string;
  /** Of its DN in the table of keys. */
  readonly number: number;
  /** The values of the attributes that name it, by lower-cased attribute. */
  readonly names: Map<string, readonly string[]>;
  /** Who is a member, by `toLinkKey`. */
  readonly members: Map<string, NumberSet>;
  /** Hex. */
  sid: string | undefined;
  isDynamic: boolean;
  /** Not all of its members are known. */
  isCut: boolean;
}

/** What lists members: an attribute, read as DNs or as names. */
export interface LinkRead {
  readonly attribute: string;
  readonly by: 'dn' | 'name';
}

export function toLinkKey({ attribute, by }: LinkRead): string {
  return `${by} ${attribute.toLowerCase()}`;
}

/** All groups that were read, each once, whatever search has found it. */
export interface GroupNodes {
  readonly table: KeyTable;
  /** Memberships that were read, over all groups. */
  readonly memberships: number;
  /** The group with this DN; a new one when it is not known yet. */
  open(dn: string): GroupNode;
  find(number: number): GroupNode | undefined;
  addMembers(node: GroupNode, link: LinkRead, values: readonly Buffer[]): void;
}

/** More than this is not kept: 40 MB of numbers. */
const MAX_MEMBERSHIPS = 10_000_000;
/** No DN is as long; a longer value is not one of a person. */
const MAX_VALUE_BYTES = 65_536;

export function createGroupNodes(table: KeyTable): GroupNodes {
  const nodes = new Map<number, GroupNode>();
  let memberships = 0;

  return {
    table,
    get memberships() {
      return memberships;
    },
    open(dn) {
      const number = table.add(toMemberKey('dn', dn));
      let node = nodes.get(number);
      if (!node) {
        node = {
          dn,
          number,
          names: new Map(),
          members: new Map(),
          sid: undefined,
          isDynamic: false,
          isCut: false,
        };
        nodes.set(number, node);
      }
      return node;
    },
    find: (number) => nodes.get(number),
    addMembers(node, link, values) {
      const key = toLinkKey(link);
      let members = node.members.get(key);
      if (!members) node.members.set(key, (members = createNumberSet()));
      for (const value of values) {
        if (value.length > MAX_VALUE_BYTES || memberships >= MAX_MEMBERSHIPS) {
          node.isCut = true;
          return;
        }
        members.add(table.add(toMemberKey(link.by, value.toString('utf8'))));
        memberships += 1;
      }
    },
  };
}

/** Whether the group lists anybody at all. */
export function hasMembers({ members }: GroupNode): boolean {
  return [...members.values()].some(({ size }) => size > 0);
}

export function textsOf({ attributes }: DirectoryEntry, attribute: string): readonly string[] {
  return (attributes.get(attribute.toLowerCase())?.values ?? []).map((value) => value.toString('utf8'));
}
