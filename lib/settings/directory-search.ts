import { toFinding } from '../findings/finding.js';
import {
  allOf,
  anyOf,
  isAttributeName,
  present,
  type SearchFilter,
} from '../directory/filter/search-filter.js';
import { isSecretAttribute } from '../directory/secret-attributes.js';
import { SETTINGS } from './definitions.js';
import { parseUserFilter, warnOfNoPeople } from './directory-filter.js';
import type { SettingChecks } from './setting-checks.js';
import { splitList } from './split-list.js';
import type { Settings } from './settings.js';
import type { SyncSettings } from './sync-settings.js';

/** The part of the settings that says which people to search for. */
export function parseSearch(
  settings: Settings,
  checks: SettingChecks,
): SyncSettings['search'] & { readonly userFilter: SearchFilter } {
  const baseDN = settings.get('LDAP_BaseDN').trim();
  if (!/^[^=]+=/.test(baseDN)) {
    const value = JSON.stringify(baseDN.slice(0, 100));
    const finding = baseDN === '' ? toFinding('base-empty', {}) : toFinding('base-unusable', { value });
    checks.reject('LDAP_BaseDN', finding);
  }
  const searchFields = checks.attributes(searchFieldSetting(settings), true);
  const pageSize = checks.number('LDAP_Search_Page_Size');
  const sizeLimit = checks.number('LDAP_Search_Size_Limit');
  const userFilter = parseUserFilter(settings, checks);
  const filter = allOf([
    userFilter,
    anyOf(searchFields.filter((name) => isAttributeName(name) && !isSecretAttribute(name)).map(present)),
  ]);
  warnOfNoPeople(filter, settings, checks);
  return {
    baseDN,
    scope: checks.oneOf('LDAP_User_Search_Scope'),
    filter,
    pageSize,
    userFilter,
    // Rocket.Chat stores its defaults, so nobody has decided on this one. It would cut off everything after entry
    // 1,000: OpenLDAP counts it over all pages.
    sizeLimit: sizeLimit === SETTINGS.LDAP_Search_Size_Limit.default ? 0 : sizeLimit,
  };
}

function searchFieldSetting(settings: Settings): 'LDAP_AD_User_Search_Field' | 'LDAP_User_Search_Field' {
  return settings.get('LDAP_Server_Type') === 'ad' ? 'LDAP_AD_User_Search_Field' : 'LDAP_User_Search_Field';
}

/** The attributes people are searched by. */
export function searchFieldsOf(settings: Settings): readonly string[] {
  return splitList(settings.get(searchFieldSetting(settings)));
}
