import type { UserRecord } from '../../models/user.js';
import type { DirectoryEntry } from '../../lib/directory/directory.js';
import type { Person } from '../../lib/mapping/map-entry.js';
import type { MappingSettings } from '../../lib/settings/sync-settings.js';

/** An entry as the directory room hands it over; values may be text or bytes. */
export function toEntry(
  dn: string,
  attributes: Readonly<Record<string, string | Buffer | readonly (string | Buffer)[]>>,
): DirectoryEntry {
  return {
    dn,
    attributes: new Map(
      Object.entries(attributes).map(([name, value]) => [
        name.toLowerCase(),
        { name, values: (Array.isArray(value) ? value : [value]).map((item) => Buffer.from(item as string)) },
      ]),
    ),
  };
}

export const MAPPING: MappingSettings = {
  idAttributes: ['entryUUID', 'uid'],
  username: { kind: 'first', attributes: ['uid'] },
  slugifyUsername: true,
  name: { kind: 'first', attributes: ['displayName', 'cn'] },
  emailAttributes: ['mail'],
  defaultDomain: '',
  extensionAttribute: undefined,
  photoAttributes: ['jpegPhoto'],
};

export const ADA: Person = {
  id: '616461',
  idAttribute: 'uid',
  dn: 'uid=ada,dc=x',
  username: 'ada',
  name: 'Ada Lovelace',
  emails: ['ada@example.org'],
  sipExtension: undefined,
  disabled: false,
  photo: undefined,
};

/** The user of {@link ADA}, as a sync has stored it. */
export const ADA_STORED: UserRecord = {
  _id: 'u1',
  type: 'user',
  username: 'ada',
  name: 'Ada Lovelace',
  emails: [{ address: 'ada@example.org', verified: true }],
  roles: ['user'],
  active: true,
  ldap: true,
  importIds: [ADA.dn],
  services: { ldap: { id: ADA.id, idAttribute: 'uid' } },
};
