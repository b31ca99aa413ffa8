import { findDomainFault } from '../address-syntax.js';
import { parseCustomFields } from './custom-fields/parse-custom-fields.js';
import { parseFurtherState } from './further-state.js';
import { isLoopback, parseDirectoryAddress } from './directory-address.js';
import { parseGuard } from './guard-settings.js';
import { parseNewUser } from './new-user-settings.js';
import { parseSearch, searchFieldsOf } from './directory-search.js';
import { parseNamedAttributes } from './named-attributes.js';
import { createSettingChecks, type SettingChecks } from './setting-checks.js';
import type { SettingProblem, Settings } from './settings.js';
import type { HistorySettings, MappingSettings, SyncPolicy, SyncSettings } from './sync-settings.js';
import { TEXT_FIELDS, type TextAttributes } from './text-fields.js';
import { checkUnfollowed } from './unfollowed-settings.js';
import { parseVariables } from './variables/parse-variables.js';

export type ParsedSyncSettings =
  | { readonly ok: true; readonly settings: SyncSettings; readonly warnings: readonly SettingProblem[] }
  | {
      readonly ok: false;
      readonly problems: readonly SettingProblem[];
      readonly warnings: readonly SettingProblem[];
    };

/** Checks the settings of a run. Every problem is reported at once, each with its setting id and remedy. */
export function parseSyncSettings(settings: Settings): ParsedSyncSettings {
  const checks = createSettingChecks(settings);
  checkUnfollowed(settings, checks);
  const address = parseDirectoryAddress(settings, checks);
  const { userFilter, ...search } = parseSearch(settings, checks);
  const mapping = parseMapping(settings, checks);
  const parsed: SyncSettings = {
    address,
    search,
    survey: {
      named: parseNamedAttributes(settings, mapping),
      userFilter,
      serverType: isForAd(settings) ? 'ad' : '',
    },
    mapping,
    policy: parsePolicy(settings, checks),
    newUser: parseNewUser(settings, checks),
    guard: parseGuard(checks),
    history: toHistory(checks),
    photo: {
      size: checks.nearest('Accounts_AvatarSize'),
      resize: settings.get('Accounts_AvatarResize'),
    },
  };
  const warnings = [...checks.warnings, ...toWarnings(parsed)];
  return checks.problems.length > 0
    ? { ok: false, problems: checks.problems, warnings }
    : { ok: true, settings: parsed, warnings };
}

/** The part of the settings that is there even when the rest is wrong. */
export function parseHistory(settings: Settings): HistorySettings {
  return toHistory(createSettingChecks(settings));
}

function toHistory(checks: SettingChecks): HistorySettings {
  return {
    days: checks.numberOrDefault('LDAP_Sync_History_Days'),
    runs: checks.numberOrDefault('LDAP_Sync_History_Runs'),
  };
}

function parseMapping(settings: Settings, checks: SettingChecks): MappingSettings {
  const isAd = isForAd(settings);
  checks.oneOf('LDAP_Server_Type');
  const avatarField = checks.attributes('LDAP_Avatar_Field', false);
  const wantsPhotos = settings.get('LDAP_Sync_User_Avatar') && settings.get('LDAP_Background_Sync_Avatars');
  const domain = settings.get('LDAP_Default_Domain').trim().replace(/^@/, '').replace(/\.$/, '');
  if (domain !== '' && findDomainFault(domain) !== undefined) {
    checks.reject(
      'LDAP_Default_Domain',
      'LDAP_Default_Domain is not a domain name.',
      'Put a domain such as example.com there, or leave it empty.',
    );
  }
  return {
    idAttributes: distinctNames([
      ...checks.attributes('LDAP_Unique_Identifier_Field', false),
      ...searchFieldsOf(settings),
    ]),
    username: checks.attributeSource(isAd ? 'LDAP_AD_Username_Field' : 'LDAP_Username_Field'),
    slugifyUsername: settings.get('UTF8_Names_Slugify'),
    name: checks.attributeSource(isAd ? 'LDAP_AD_Name_Field' : 'LDAP_Name_Field'),
    emailAttributes: checks.attributes(isAd ? 'LDAP_AD_Email_Field' : 'LDAP_Email_Field', false),
    defaultDomain: domain,
    variables: parseVariables(settings, checks),
    customFields: parseCustomFields(settings, checks),
    ...parseTextAttributes(checks),
    furtherState: parseFurtherState(settings, checks),
    photoAttributes: wantsPhotos ? distinctNames([...avatarField, 'thumbnailPhoto', 'jpegPhoto']) : [],
  };
}

function isForAd({ get }: Settings): boolean {
  return get('LDAP_Server_Type') === 'ad';
}

function parseTextAttributes(checks: SettingChecks): TextAttributes {
  const attributes = Object.values(TEXT_FIELDS).map(({ setting, attribute, what }) => {
    const [first, ...further] = checks.attributes(setting, false);
    if (further.length > 0) {
      checks.warn(
        setting,
        `${setting} names several attributes, of which only the first counts.`,
        `Name the one attribute with the ${what}.`,
      );
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

function parsePolicy(settings: Settings, checks: SettingChecks): SyncPolicy {
  const importNew = settings.get('LDAP_Background_Sync_Import_New_Users');
  const keepUpdated = settings.get('LDAP_Background_Sync_Keep_Existant_Users_Updated');
  const searchesAll = importNew || settings.get('LDAP_Background_Sync_Merge_Existent_Users');
  return {
    syncUsers: settings.get('LDAP_Background_Sync'),
    importNew,
    keepUpdated,
    mergeExisting: searchesAll && keepUpdated && settings.get('LDAP_Merge_Existing_Users'),
    disableMissing: keepUpdated && settings.get('LDAP_Background_Sync_Disable_Missing_Users'),
    activeState: checks.oneOf('LDAP_Sync_User_Active_State'),
  };
}

function toWarnings({ address }: SyncSettings): readonly SettingProblem[] {
  const warnings: SettingProblem[] = [];
  const isAway = [address, ...(address.failoverHosts ?? [])].some(({ host }) => !isLoopback(host));
  if (address.encryption === 'plain' && address.bind && isAway) {
    warnings.push({
      setting: 'LDAP_Encryption',
      message: 'The password of the service account crosses the network unencrypted.',
      remedy: 'Set LDAP_Encryption to "ssl" (LDAPS) or "tls" (StartTLS).',
    });
  }
  if (address.encryption !== 'plain' && !address.rejectUnauthorized) {
    warnings.push({
      setting: 'LDAP_Reject_Unauthorized',
      message:
        'The certificate of the directory server is not verified, so anyone in between can read the ' +
        'password and change people.',
      remedy:
        'Put the certificate of your authority into LDAP_CA_Cert and switch LDAP_Reject_Unauthorized on.',
    });
  }
  return warnings;
}
