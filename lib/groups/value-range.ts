import type { Directory, DirectoryEntry, EntryAttribute } from '../directory/directory.js';
import { present } from '../directory/filter/search-filter.js';
import { visitEntries } from '../directory/read-entries.js';
import { LdapSyncError } from '../errors.js';

/** Values of one attribute, as an answer has them; Active Directory gives many only in parts. */
interface RangedValues {
  readonly values: readonly Buffer[];
  /** The number of the first value that is still to be asked for; `undefined`: these are the last. */
  readonly next: number | undefined;
  /** Some were left out because they are too large, or too many. */
  readonly isCut: boolean;
}

const RANGE = /;range=\d+-(\d+|\*)(?:;|$)/;

/** All forms of the attribute that an entry, or a piece of one, has. */
export function rangedValuesOf({ attributes }: DirectoryEntry, attribute: string): readonly RangedValues[] {
  const key = attribute.toLowerCase();
  const found: RangedValues[] = [];
  for (const [name, held] of attributes)
    if (name === key || name.startsWith(`${key};`)) found.push(toRanged(name, held));
  return found;
}

function toRanged(name: string, { values, droppedBytes, droppedValues }: EntryAttribute): RangedValues {
  const [, last] = RANGE.exec(name) ?? [];
  const next = last === undefined || last === '*' ? undefined : Number(last) + 1;
  return { values, next, isCut: droppedBytes !== undefined || droppedValues !== undefined };
}

interface Rest {
  readonly dn: string;
  readonly attribute: string;
  readonly from: number;
}

/** Servers give 1,500 values at least; so many parts are more than any entry has. */
const MAX_PARTS = 10_000;

/**
 * Reads the further values of an attribute, part by part. False when not all of them could be read. Rejects
 * when the connection fails.
 */
export async function readRest(
  { dn, attribute, from }: Rest,
  directory: Directory,
  { signal, visit }: { readonly signal: AbortSignal; readonly visit: (values: readonly Buffer[]) => void },
): Promise<boolean> {
  let asked = from;
  for (let parts = 0; parts < MAX_PARTS; parts += 1) {
    const part = await readPart({ dn, attribute, from: asked }, directory, { signal, visit });
    if (!part.isWhole || part.values === 0) return false;
    if (part.next === undefined) return true;
    if (part.next <= asked) return false;
    asked = part.next;
  }
  return false;
}

/** What one answer brought. */
interface Part {
  values: number;
  next: number | undefined;
  isWhole: boolean;
}

async function readPart(
  { dn, attribute, from }: Rest,
  directory: Directory,
  { signal, visit }: { readonly signal: AbortSignal; readonly visit: (values: readonly Buffer[]) => void },
): Promise<Part> {
  const part: Part = { values: 0, next: undefined, isWhole: true };
  const show = (entry: DirectoryEntry): void => {
    for (const { values, next, isCut } of rangedValuesOf(entry, attribute)) {
      if (values.length > 0) visit(values);
      part.values += values.length;
      part.next = next ?? part.next;
      part.isWhole &&= !isCut;
    }
  };
  const query = {
    baseDN: dn,
    scope: 'base',
    filter: present('objectClass'),
    attributes: [`${attribute};range=${from}-*`],
    sliced: [attribute],
    pageSize: 0,
    sizeLimit: 1,
  } as const;
  const failure = 'The members of a group could not be read';
  try {
    await visitEntries(directory, query, { signal, tolerated: [], failure, visit: show });
    return part;
  } catch (error) {
    if (isRefusal(error)) return { ...part, isWhole: false };
    throw error;
  }
}

/** The server has answered, and would not; the connection is as good as before. */
export function isRefusal(error: unknown): error is LdapSyncError {
  return error instanceof LdapSyncError && error.code === 'directory-search';
}
