import { isHost, isLoopback, parseDirectoryAddress } from './directory-address.js';
import { parseSearch, searchFieldsOf } from './directory-search.js';
import { createSettingChecks, splitList, type SettingChecks } from './setting-checks.js';
import type { SettingProblem, Settings } from './settings.js';
import type {
  GuardLimit,
  GuardSettings,
  HistorySettings,
  MappingSettings,
  NewUserSettings,
  SyncPolicy,
  SyncSettings,
} from './sync-settings.js';

export type ParsedSyncSettings =
  | { readonly ok: true; readonly settings: SyncSettings; readonly warnings: readonly SettingProblem[] }
  | { readonly ok: false; readonly problems: readonly SettingProblem[] };

/** Checks the settings of a run. Every problem is reported at once, each with its setting id and remedy. */
export function parseSyncSettings(settings: Settings): ParsedSyncSettings {
  const checks = createSettingChecks(settings);
  const parsed: SyncSettings = {
    address: parseDirectoryAddress(settings, checks),
    search: parseSearch(settings, checks),
    mapping: parseMapping(settings, checks),
    policy: parsePolicy(settings, checks),
    newUser: parseNewUser(settings),
    guard: parseGuard(checks),
    history: toHistory(checks),
    photo: {
      size: clamp(settings.get('Accounts_AvatarSize'), 16, 1_024),
      resize: settings.get('Accounts_AvatarResize'),
    },
  };
  if (checks.problems.length > 0) return { ok: false, problems: checks.problems };
  return { ok: true, settings: parsed, warnings: [...checks.warnings, ...toWarnings(parsed)] };
}

/** The part of the settings that is there even when the rest is wrong. */
export function parseHistory(settings: Settings): HistorySettings {
  return toHistory(createSettingChecks(settings));
}

function toHistory(checks: SettingChecks): HistorySettings {
  return {
    days: checks.numberOrDefault('LDAP_Sync_History_Days', { min: 1, max: 3_650 }),
    runs: checks.numberOrDefault('LDAP_Sync_History_Runs', { min: 10, max: 10_000 }),
  };
}

function parseMapping(settings: Settings, checks: SettingChecks): MappingSettings {
  const isAd = settings.get('LDAP_Server_Type') === 'ad';
  checks.oneOf('LDAP_Server_Type', ['ad', '']);
  const [extensionAttribute] = checks.attributes('LDAP_Extension_Field', false);
  const avatarField = checks.attributes('LDAP_Avatar_Field', false);
  const wantsPhotos = settings.get('LDAP_Sync_User_Avatar') && settings.get('LDAP_Background_Sync_Avatars');
  const domain = settings.get('LDAP_Default_Domain').trim().replace(/^@/, '');
  if (domain !== '' && !isHost(domain)) {
    checks.reject(
      'LDAP_Default_Domain',
      'LDAP_Default_Domain is not a domain name.',
      'Put a domain such as example.com there, or leave it empty.',
    );
  }
  return {
    idAttributes: [
      ...new Set([...checks.attributes('LDAP_Unique_Identifier_Field', false), ...searchFieldsOf(settings)]),
    ],
    username: checks.attributeSource(isAd ? 'LDAP_AD_Username_Field' : 'LDAP_Username_Field'),
    slugifyUsername: settings.get('UTF8_Names_Slugify'),
    name: checks.attributeSource(isAd ? 'LDAP_AD_Name_Field' : 'LDAP_Name_Field'),
    emailAttributes: checks.attributes(isAd ? 'LDAP_AD_Email_Field' : 'LDAP_Email_Field', false),
    defaultDomain: domain,
    extensionAttribute,
    photoAttributes: wantsPhotos ? [...new Set([...avatarField, 'thumbnailPhoto', 'jpegPhoto'])] : [],
  };
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
    activeState: checks.oneOf('LDAP_Sync_User_Active_State', ['disable', 'none', 'enable', 'both']),
  };
}

function parseNewUser(settings: Settings): NewUserSettings {
  return {
    emailsVerified: settings.get('Accounts_Verify_Email_For_External_Accounts'),
    optInEmailSecondFactor: settings.get('Accounts_TwoFactorAuthentication_By_Email_Auto_Opt_In'),
    manualApproval: settings.get('Accounts_ManuallyApproveNewUsers'),
    roles: [
      ...new Set([
        ...splitList(settings.get('Accounts_Registration_AuthenticationServices_Default_Roles')),
        ...splitList(settings.get('Accounts_Registration_Users_Default_Roles')),
      ]),
    ],
  };
}

/** No value switches the guard off: what is no sensible limit leaves the default. */
function parseGuard(checks: SettingChecks): GuardSettings {
  const limit = (kind: 'Deactivations' | 'Renames' | 'Clearings'): GuardLimit => ({
    percent: checks.numberOrDefault(`LDAP_Guard_${kind}_Percent`, { min: 1, max: 50 }),
    maximum: checks.numberOrDefault(`LDAP_Guard_${kind}_Maximum`, { min: 1, max: 100_000 }),
  });
  return {
    alwaysAllowed: checks.numberOrDefault('LDAP_Guard_Always_Allowed', { min: 1, max: 1_000 }),
    deactivations: limit('Deactivations'),
    renames: limit('Renames'),
    clearings: limit('Clearings'),
  };
}

function toWarnings({ address }: SyncSettings): readonly SettingProblem[] {
  const warnings: SettingProblem[] = [];
  if (address.encryption === 'plain' && address.bind && !isLoopback(address.host)) {
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
        'The certificate of the directory server is not verified, so anyone in between can read the password and change people.',
      remedy:
        'Put the certificate of your authority into LDAP_CA_Cert and switch LDAP_Reject_Unauthorized on.',
    });
  }
  return warnings;
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value));
}
