import { parseSyncSettings, type ParsedSyncSettings } from '../../lib/settings/parse-sync-settings.js';
import { parseSettings } from '../../lib/settings/settings.js';
import type { SyncSettings } from '../../lib/settings/sync-settings.js';

/** Settings as they are stored, for an OpenLDAP server with `entryUUID`, after they have been checked. */
export function parseStored(changes: Readonly<Record<string, unknown>> = {}): ParsedSyncSettings {
  const values = {
    LDAP_Enable: true,
    LDAP_Background_Sync: true,
    LDAP_Host: 'x',
    LDAP_BaseDN: 'ou=people,dc=x',
    LDAP_Server_Type: '',
    LDAP_Unique_Identifier_Field: 'entryUUID',
    LDAP_Extension_Field: 'telephoneNumber',
    LDAP_Background_Sync_Disable_Missing_Users: true,
    ...changes,
  };
  return parseSyncSettings(parseSettings(new Map(Object.entries(values))));
}

/** Settings as a run gets them. */
export function toSyncSettings(changes: Readonly<Record<string, unknown>> = {}): SyncSettings {
  const parsed = parseStored(changes);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.settings;
}
