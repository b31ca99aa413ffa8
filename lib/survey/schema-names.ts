import type { Directory, DirectoryEntry } from '../directory/directory.js';
import { present } from '../directory/filter/search-filter.js';
import { visitEntries } from '../directory/read-entries.js';
import { LdapSyncError } from '../errors.js';
import { readSamples } from './read-samples.js';

/** Lower-cased names of attributes that a server knows; `undefined`: it does not show its schema. */
export type SchemaNames = ReadonlySet<string> | undefined;

/** An Active Directory with extensions has three thousand. */
const MAX_NAMES = 50_000;
/** `NAME 'mail'`, or `NAME ( 'mail' 'rfc822Mailbox' )` (RFC 4512 §4.1.2). */
const NAMES = /\bNAME\s+(?:\(([^)]{1,1000})\)|'([^']{1,200})')/;
const QUOTED = /'([A-Za-z][A-Za-z0-9-]{0,199})'/g;
/** A definition is hardly longer; its name stands near its beginning. */
const MAX_READ = 2_000;

/** Reads which attributes the schema knows (RFC 4512 §4.2). Rejects when the connection fails. */
export async function readSchemaNames(directory: Directory, signal: AbortSignal): Promise<SchemaNames> {
  const root = {
    baseDN: '',
    scope: 'base',
    filter: present('objectClass'),
    pageSize: 0,
    sizeLimit: 1,
  } as const;
  const { entries } = await readSamples(
    directory,
    { ...root, attributes: ['subschemaSubentry'] },
    { signal },
  );
  const place = entries[0]?.attributes.get('subschemasubentry')?.values[0]?.toString('utf8');
  if (!place) return undefined;
  const names = new Set<string>();
  const query = { ...root, baseDN: place, attributes: ['attributeTypes'], sliced: ['attributeTypes'] };
  try {
    await visitEntries(directory, query, {
      signal,
      tolerated: ['size-limit', 'referral', 'paging-unsupported'],
      failure: 'The schema could not be read',
      visit: (entry) => addNames(entry, names),
    });
  } catch (error) {
    if (!(error instanceof LdapSyncError) || error.code !== 'directory-search') throw error;
  }
  return names.size > 0 ? names : undefined;
}

function addNames({ attributes }: DirectoryEntry, names: Set<string>): void {
  for (const value of attributes.get('attributetypes')?.values ?? [])
    for (const name of toSchemaNames(value.subarray(0, MAX_READ).toString('utf8')))
      if (names.size < MAX_NAMES) names.add(name);
}

/** The lower-cased names of one definition of an attribute. Pure. */
export function toSchemaNames(definition: string): readonly string[] {
  const [, list, single] = NAMES.exec(definition) ?? [];
  const quoted = list ?? (single === undefined ? '' : `'${single}'`);
  return [...quoted.matchAll(QUOTED)].map(([, name = '']) => name.toLowerCase());
}
