import type { Directory, DirectoryEntry } from '../directory/directory.js';
import { allOf, anyOf, equals, type SearchFilter } from '../directory/filter/search-filter.js';
import type { ServerKind } from '../directory/server-description.js';
import { LASTING_IDS } from '../mapping/lasting-ids.js';
import { FURTHER_STATE_ATTRIBUTES } from '../settings/active-state.js';
import { FITTING_NAMES } from '../survey/fitting-names.js';
import { readSamples } from '../survey/read-samples.js';
import type { SeenContext, SeenEntry } from './seen-directory.js';

/** So many are looked at in one part of a directory. */
const LOOKED_AT = 500;
const PAGE = 250;
/** What decides by its values. */
const VALUED = [
  ...['objectClass', 'uid', 'sAMAccountName', 'userPrincipalName', 'cn', 'mail'],
  ...['proxyAddresses', 'mailAlternateAddress', 'mailPrimaryAddress'],
  ...FURTHER_STATE_ATTRIBUTES,
];
const KEEPING = { values: 20, bytes: 256 };

/** Classes of people, the most telling first. */
export const PERSON_CLASSES = [
  'inetOrgPerson',
  'nsPerson',
  'person',
  'posixAccount',
  'account',
  'user',
] as const;

/** Contacts have another class, computers another category. */
export const AD_PEOPLE = '(&(objectCategory=person)(objectClass=user))';

/** Servers whose people are found by their category: a computer is of the class of a user there. */
const BY_CATEGORY: ReadonlySet<ServerKind> = new Set(['active-directory', 'samba']);

export function isByCategory(kind: ServerKind): boolean {
  return BY_CATEGORY.has(kind);
}

function toFilter(kind: ServerKind): SearchFilter {
  if (isByCategory(kind)) return allOf([equals('objectCategory', 'person'), equals('objectClass', 'user')]);
  return anyOf(PERSON_CLASSES.map((name) => equals('objectClass', name)));
}

interface Looking {
  readonly directory: Directory;
  readonly kind: ServerKind;
  readonly signal: AbortSignal;
}

/** Looks at some entries that may be people: at all names of their attributes, and at the values of few. */
export async function readContext(dn: string, { directory, kind, signal }: Looking): Promise<SeenContext> {
  const where = {
    baseDN: dn,
    scope: 'sub',
    filter: toFilter(kind),
    pageSize: PAGE,
    sizeLimit: LOOKED_AT,
  } as const;
  const valued = await readSamples(directory, { ...where, attributes: VALUED }, { signal, keeping: KEEPING });
  if (valued.entries.length === 0) return { dn, entries: [], isWhole: valued.isWhole };
  const attributes = [...new Set([...LASTING_IDS, ...FITTING_NAMES])];
  const named = await readSamples(directory, { ...where, attributes, namesOnly: true }, { signal });
  const names = new Map(named.entries.map((entry) => [entry.dn, toNames(entry)]));
  return {
    dn,
    isWhole: valued.isWhole,
    entries: valued.entries.map((entry) => toSeen(entry, names.get(entry.dn))),
  };
}

function toNames({ attributes }: DirectoryEntry): ReadonlySet<string> {
  return new Set([...attributes.keys()].map((key) => key.split(';')[0] ?? ''));
}

/** Pure. */
export function toSeen(entry: DirectoryEntry, names: ReadonlySet<string> | undefined): SeenEntry {
  const texts = new Map(
    [...entry.attributes].map(([key, { values }]) => [key, values.map((value) => value.toString('utf8'))]),
  );
  return {
    dn: entry.dn,
    classes: new Set((texts.get('objectclass') ?? []).map((name) => name.toLowerCase())),
    names: new Set([...toNames(entry), ...(names ?? [])]),
    texts,
  };
}
