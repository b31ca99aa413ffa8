import { toFinding } from '../../findings/finding.js';
import { createHash } from 'node:crypto';
import type { Directory, DirectoryEntry } from '../../directory/directory.js';
import { present } from '../../directory/filter/search-filter.js';
import { toPhoto } from '../../mapping/entry-photo.js';
import { identifyEntry } from '../../mapping/ldap-identity.js';
import { mapEntry, toRequestedAttributes, type Person } from '../../mapping/map-entry.js';
import type { SyncSettings } from '../../settings/sync-settings.js';
import { TEXT_FIELD_NAMES } from '../../settings/text-fields.js';
import { readSamples } from '../../survey/read-samples.js';
import { toPersonReason } from '../settings-report.js';
import { toShownDN, toShownParams, toShownText } from '../shown-text.js';
import type { RenderedPerson } from './section-facts.js';

const RENDERED = 5;
/** What is mapped is no longer. */
const KEEPING = { values: 1_000, bytes: 16 * 1_024 };
const PHOTO = { values: 4, bytes: 12 * 1_024 * 1_024 };

interface Rendering {
  readonly directory: Directory;
  readonly signal: AbortSignal;
  readonly search: SyncSettings['search'];
  readonly mapping: SyncSettings['mapping'];
}

/** Five people as a sync would write them. Of a photo only its size and digest are told. */
export async function renderPeople(rendering: Rendering): Promise<readonly RenderedPerson[]> {
  const { directory, signal, search, mapping } = rendering;
  const attributes = toRequestedAttributes({ ...mapping, photoAttributes: [] });
  const query = { ...search, attributes, sizeLimit: RENDERED };
  const { entries } = await readSamples(directory, query, { signal, keeping: KEEPING });
  const rendered: RenderedPerson[] = [];
  for (const entry of entries) {
    // One after the other: five photos together may be large.
    const photo = await readPhoto(entry.dn, rendering);
    rendered.push({ ...render(entry, mapping), ...(photo ? { photo } : {}) });
  }
  return rendered;
}

async function readPhoto(
  dn: string,
  { directory, signal, mapping: { photoAttributes } }: Rendering,
): Promise<RenderedPerson['photo']> {
  if (photoAttributes.length === 0) return undefined;
  const where = {
    baseDN: dn,
    scope: 'base',
    filter: present('objectClass'),
    pageSize: 0,
    sizeLimit: 1,
  } as const;
  const query = { ...where, attributes: photoAttributes };
  const [entry] = (await readSamples(directory, query, { signal, keeping: PHOTO })).entries;
  const photo = entry && toPhoto(entry, photoAttributes);
  if (!photo || !('bytes' in photo)) return undefined;
  return { bytes: photo.bytes.length, sha256: createHash('sha256').update(photo.bytes).digest('hex') };
}

/** What an entry becomes. Pure. */
export function render(entry: DirectoryEntry, mapping: SyncSettings['mapping']): RenderedPerson {
  const dn = toShownDN(entry.dn);
  const identity = identifyEntry(entry, mapping.idAttributes);
  if (!identity) return { dn, fields: [], rejection: toPersonReason(toFinding('person-without-id', {})) };
  const mapped = mapEntry(entry, identity, mapping);
  if ('rejection' in mapped) {
    const { code, params, reason, remedy } = mapped.rejection;
    const told = { code, params: toShownParams(params), reason: toShownText(reason, 1_000), remedy };
    return { dn, fields: [], rejection: told };
  }
  return { dn, fields: toFields(mapped.person) };
}

function toFields(person: Person): RenderedPerson['fields'] {
  const { id, idAttribute, username, name, emails, homeServer, disabled, disabledBy, customFields, abac } =
    person;
  const rows: readonly (readonly [string, unknown])[] = [
    [`services.ldap.id (${idAttribute})`, id],
    ['username', username],
    ['name', name],
    ...emails.slice(0, 10).map((address): [string, unknown] => ['emails', address]),
    ...TEXT_FIELD_NAMES.map((field): [string, unknown] => [field, person[field]]),
    ['homeServer', homeServer],
    ...[...(customFields ?? [])].map(([path, value]): [string, unknown] => [path, value]),
    ...[...(abac ?? [])].map(([key, values]): [string, unknown] => [`abac.${key}`, values.join(', ')]),
    ['disabled', disabled === undefined ? 'unknown' : disabledBy ? `${disabled} (${disabledBy})` : disabled],
  ];
  return rows
    .filter(([, value]) => value !== undefined)
    .map(([field, value]) => ({ field: toShownText(field), value: toShownText(toText(value)) }));
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
