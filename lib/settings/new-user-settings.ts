import { toFinding } from '../findings/finding.js';
import { findInvisibleSettings } from './invisible-settings.js';
import type { SettingChecks } from './setting-checks.js';
import { splitList } from './split-list.js';
import type { Settings } from './settings.js';
import type { NewUserSettings } from './sync-settings.js';
import { wrongTypesOf } from './wrong-types.js';

/** The part of the settings that says what a new user is like. */
export function parseNewUser(settings: Settings, checks: SettingChecks): NewUserSettings {
  const wrong = [...wrongTypesOf(settings, ['new-users']), ...findInvisibleSettings(settings, ['new-users'])];
  for (const { setting, ...finding } of wrong) checks.reject(setting, finding);
  const list = (id: Parameters<typeof settings.get>[0]): readonly string[] =>
    splitList(String(settings.get(id)));
  return {
    emailsVerified: settings.get('Accounts_Verify_Email_For_External_Accounts'),
    optInEmailSecondFactor: settings.get('Accounts_TwoFactorAuthentication_By_Email_Auto_Opt_In'),
    manualApproval: settings.get('Accounts_ManuallyApproveNewUsers'),
    allowedDomains: list('Accounts_AllowedDomainsList').map((domain) =>
      domain.toLowerCase().replace(/^@/, ''),
    ),
    roles: parseRoles(settings, checks),
    joinsDefaultChannels: settings.get('LDAP_Sync_Default_Channels'),
  };
}

/** The settings that give new users roles, as in Rocket.Chat: a new user gets those of both. */
const ROLE_SETTINGS = [
  'Accounts_Registration_AuthenticationServices_Default_Roles',
  'Accounts_Registration_Users_Default_Roles',
] as const;

/** Never none, because a user without a role may do nothing, and never `admin`: the directory makes no administrators. */
function parseRoles(settings: Settings, checks: Pick<SettingChecks, 'warn'>): readonly string[] {
  const roles = new Set<string>();
  for (const setting of ROLE_SETTINGS) {
    const listed = splitList(settings.get(setting));
    for (const role of listed) if (role !== ADMIN) roles.add(role);
    if (listed.includes(ADMIN)) checks.warn(setting, toFinding('admin-not-given', { setting }));
  }
  return roles.size > 0 ? [...roles] : ['user'];
}

const ADMIN = 'admin';
