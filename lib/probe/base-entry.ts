import { toFinding } from '../findings/finding.js';
import { present } from '../directory/filter/search-filter.js';
import { readEntries } from '../directory/read-entries.js';
import { LdapSyncError } from '../errors.js';
import type { SettingProblem } from '../settings/settings.js';
import type { AskedPeople } from './asked-settings.js';

export const NO_BASE: SettingProblem = {
  setting: 'LDAP_BaseDN',
  ...toFinding('base-unread', {}),
};

/** Whether the entry is there and may be seen. */
export async function canReadBase({
  directory,
  signal,
  settings: { search },
}: AskedPeople): Promise<boolean> {
  const query = { baseDN: search.baseDN, scope: 'base', filter: present('objectClass') } as const;
  try {
    const found = await readEntries(
      directory,
      { ...query, attributes: [], pageSize: 0, sizeLimit: 1 },
      { signal, tolerated: ['size-limit'], failure: 'LDAP_BaseDN cannot be read' },
    );
    return found.length > 0;
  } catch (error) {
    if (error instanceof LdapSyncError && error.code === 'directory-search') return false;
    throw error;
  }
}

export const NOBODY: SettingProblem = {
  setting: 'LDAP_BaseDN',
  ...toFinding('base-without-people', {}),
};
