import { findInvisibleSettings } from './invisible-settings.js';
import type { SettingChecks } from './setting-checks.js';
import { splitList } from './split-list.js';
import type { Settings } from './settings.js';
import type { NewUserSettings } from './sync-settings.js';
import { wrongTypesOf } from './wrong-types.js';

/** The part of the settings that says what a new user is like. */
export function parseNewUser(settings: Settings, checks: SettingChecks): NewUserSettings {
  const wrong = [...wrongTypesOf(settings, ['new-users']), ...findInvisibleSettings(settings, ['new-users'])];
  for (const { setting, message, remedy } of wrong) checks.reject(setting, message, remedy);
  const list = (id: Parameters<typeof settings.get>[0]): readonly string[] =>
    splitList(String(settings.get(id)));
  return {
    emailsVerified: settings.get('Accounts_Verify_Email_For_External_Accounts'),
    optInEmailSecondFactor: settings.get('Accounts_TwoFactorAuthentication_By_Email_Auto_Opt_In'),
    manualApproval: settings.get('Accounts_ManuallyApproveNewUsers'),
    allowedDomains: list('Accounts_AllowedDomainsList').map((domain) =>
      domain.toLowerCase().replace(/^@/, ''),
    ),
    roles: [
      ...new Set([
        ...list('Accounts_Registration_AuthenticationServices_Default_Roles'),
        ...list('Accounts_Registration_Users_Default_Roles'),
      ]),
    ],
  };
}
