import { FilterSyntaxError, parseSearchFilter } from '../directory/filter/parse-search-filter.js';
import {
  allOf,
  anyOf,
  isAttributeName,
  present,
  type SearchFilter,
} from '../directory/filter/search-filter.js';
import { findSecretInFilter, isSecretAttribute } from '../directory/secret-attributes.js';
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
  return {
    baseDN,
    scope: checks.oneOf('LDAP_User_Search_Scope'),
    filter: allOf([
      parseUserFilter(settings, checks),
      anyOf(searchFields.filter((name) => isAttributeName(name) && !isSecretAttribute(name)).map(present)),
    ]),
    pageSize,
    // OpenLDAP counts the limit over all pages. The default is meant for one request; over all pages it would
    // cut off everything after entry 1000.
    sizeLimit: pageSize > 0 && !settings.isSet('LDAP_Search_Size_Limit') ? 0 : sizeLimit,
  };
}

function parseUserFilter(settings: Settings, checks: SettingChecks): SearchFilter {
  const text = settings.get('LDAP_User_Search_Filter').trim();
  const everyone = present('objectClass');
  if (text === '') return everyone;
  try {
    const filter = parseSearchFilter(text);
    const secret = findSecretInFilter(filter);
    if (secret !== undefined) {
      // The matches of `(userPassword>=x)` tell the password, one question after the other.
      checks.reject(
        'LDAP_User_Search_Filter',
        secret === ''
          ? 'LDAP_User_Search_Filter has a matching rule for every attribute, passwords included.'
          : `LDAP_User_Search_Filter tests ${secret}, which holds a password or a key.`,
        'Search by another attribute, for example (employeeType=staff); each matching rule needs one.',
      );
    }
    return filter;
  } catch (error) {
    if (!(error instanceof FilterSyntaxError)) throw error;
    checks.reject(
      'LDAP_User_Search_Filter',
      `LDAP_User_Search_Filter is not a search filter: ${error.message}`,
      'Write it as in RFC 4515, for example (&(objectClass=inetOrgPerson)(!(employeeType=robot))).',
    );
    return everyone;
  }
}

function searchFieldSetting(settings: Settings): 'LDAP_AD_User_Search_Field' | 'LDAP_User_Search_Field' {
  return settings.get('LDAP_Server_Type') === 'ad' ? 'LDAP_AD_User_Search_Field' : 'LDAP_User_Search_Field';
}

/** The attributes people are searched by. */
export function searchFieldsOf(settings: Settings): readonly string[] {
  return splitList(settings.get(searchFieldSetting(settings)));
}
