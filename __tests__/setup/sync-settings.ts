import { parseSyncSettings } from '../../lib/settings/parse-sync-settings.js';
import { parseSettings } from '../../lib/settings/settings.js';
import type { SyncSettings } from '../../lib/settings/sync-settings.js';

/** Settings as a run gets them, of an OpenLDAP server with `entryUUID`. */
export function toSyncSettings(changes: Readonly<Record<string, unknown>> = {}): SyncSettings {
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
  const parsed = parseSyncSettings(parseSettings(new Map(Object.entries(values))));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.settings;
}
