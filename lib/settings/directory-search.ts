import { allOf, anyOf, isAttributeName, present } from '../directory/filter/search-filter.js';
import { isSecretAttribute } from '../directory/secret-attributes.js';
import { parseUserFilter, warnOfNoPeople } from './directory-filter.js';
import type { SettingChecks } from './setting-checks.js';
import { splitList } from './split-list.js';
import type { Settings } from './settings.js';
import type { SyncSettings } from './sync-settings.js';

/** The part of the settings that says which people to search for. */
export function parseSearch(settings: Settings, checks: SettingChecks): SyncSettings['search'] {
  const baseDN = settings.get('LDAP_BaseDN').trim();
  if (!/^[^=]+=/.test(baseDN)) {
    checks.reject(
      'LDAP_BaseDN',
      baseDN === ''
        ? 'LDAP_BaseDN is empty.'
        : `LDAP_BaseDN is ${JSON.stringify(baseDN.slice(0, 100))}, which is not a DN.`,
      'Put the DN under which your people are into LDAP_BaseDN, for example ou=people,dc=example,dc=com.',
    );
  }
  const searchFields = checks.attributes(searchFieldSetting(settings), true);
  const pageSize = checks.number('LDAP_Search_Page_Size');
  const sizeLimit = checks.number('LDAP_Search_Size_Limit');
  const filter = allOf([
    parseUserFilter(settings, checks),
    anyOf(searchFields.filter((name) => isAttributeName(name) && !isSecretAttribute(name)).map(present)),
  ]);
  warnOfNoPeople(filter, settings, checks);
  return {
    baseDN,
    scope: checks.oneOf('LDAP_User_Search_Scope'),
    filter,
    pageSize,
    // OpenLDAP counts the limit over all pages. The default is meant for one request; over all pages it would
    // cut off everything after entry 1000.
    sizeLimit: pageSize > 0 && !settings.isSet('LDAP_Search_Size_Limit') ? 0 : sizeLimit,
  };
}

function searchFieldSetting(settings: Settings): 'LDAP_AD_User_Search_Field' | 'LDAP_User_Search_Field' {
  return settings.get('LDAP_Server_Type') === 'ad' ? 'LDAP_AD_User_Search_Field' : 'LDAP_User_Search_Field';
}

/** The attributes people are searched by. */
export function searchFieldsOf(settings: Settings): readonly string[] {
  return splitList(settings.get(searchFieldSetting(settings)));
}
