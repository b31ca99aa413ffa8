import { toFinding } from '../findings/finding.js';
import { findDomainFault } from '../address-syntax.js';
import { parseAbac } from './abac/parse-abac.js';
import { parseAttributesToQuery } from './attributes-to-query.js';
import { parseCustomFields } from './custom-fields/parse-custom-fields.js';
import { searchFieldsOf } from './directory-search.js';
import { parseFurtherState } from './further-state.js';
import { parseHomeServers } from './federation.js';
import { narrowMapping, type NamingSettings } from './narrow-mapping.js';
import type { SettingChecks } from './setting-checks.js';
import type { Settings } from './settings.js';
import { splitList } from './split-list.js';
import type { MappingSettings } from './sync-settings.js';
import { TEXT_FIELDS, type TextAttributes } from './text-fields.js';
import { parseVariables } from './variables/parse-variables.js';

/** How an entry becomes a person; what may not be read is left out. */
export function parseMapping(settings: Settings, checks: SettingChecks): MappingSettings {
  const naming = toNamingSettings(settings);
  const restriction = parseAttributesToQuery(settings, checks);
  return narrowMapping(parseWhole(settings, naming, checks), restriction, { settings: naming, checks });
}

function parseWhole(settings: Settings, naming: NamingSettings, checks: SettingChecks): MappingSettings {
  checks.oneOf('LDAP_Server_Type');
  const avatarField = checks.attributes('LDAP_Avatar_Field', false);
  const wantsPhotos = settings.get('LDAP_Sync_User_Avatar') && settings.get('LDAP_Background_Sync_Avatars');
  const domain = settings.get('LDAP_Default_Domain').trim().replace(/^@/, '').replace(/\.$/, '');
  if (domain !== '' && findDomainFault(domain) !== undefined) {
    checks.reject('LDAP_Default_Domain', toFinding('domain-unusable', {}));
  }
  return {
    idAttributes: distinctNames([
      ...checks.attributes('LDAP_Unique_Identifier_Field', false),
      ...searchFieldsOf(settings),
    ]),
    username: checks.attributeSource(naming.username),
    slugifyUsername: settings.get('UTF8_Names_Slugify'),
    name: checks.attributeSource(naming.name),
    emailAttributes: checks.attributes(naming.emails, false),
    defaultDomain: domain,
    homeServers: parseHomeServers(settings, checks),
    variables: parseVariables(settings, checks),
    customFields: parseCustomFields(settings, checks),
    abac: parseAbac(settings, checks),
    ...parseTextAttributes(checks),
    furtherState: parseFurtherState(settings, checks),
    photoAttributes: wantsPhotos ? distinctNames([...avatarField, 'thumbnailPhoto', 'jpegPhoto']) : [],
  };
}

function toNamingSettings({ get }: Settings): NamingSettings {
  const isAd = get('LDAP_Server_Type') === 'ad';
  return {
    ids: splitList(get('LDAP_Unique_Identifier_Field')),
    username: isAd ? 'LDAP_AD_Username_Field' : 'LDAP_Username_Field',
    name: isAd ? 'LDAP_AD_Name_Field' : 'LDAP_Name_Field',
    emails: isAd ? 'LDAP_AD_Email_Field' : 'LDAP_Email_Field',
  };
}

function parseTextAttributes(checks: SettingChecks): TextAttributes {
  const attributes = Object.values(TEXT_FIELDS).map(({ setting, attribute, what }) => {
    const [first, ...further] = checks.attributes(setting, false);
    if (further.length > 0) {
      checks.warn(setting, toFinding('one-attribute-counts', { setting, field: what }));
    }
    return [attribute, first] as const;
  });
  return Object.fromEntries(attributes);
}

/** Each attribute once, as it is spelt first: its spelling says nothing. */
function distinctNames(names: readonly string[]): readonly string[] {
  const byKey = new Map<string, string>();
  for (const name of names) if (!byKey.has(name.toLowerCase())) byKey.set(name.toLowerCase(), name);
  return [...byKey.values()];
}
