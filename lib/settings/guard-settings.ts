import type { SettingChecks } from './setting-checks.js';
import type { GuardLimit, GuardSettings } from './sync-settings.js';

/** No value switches the guard off: what is no sensible limit leaves the default. */
export function parseGuard(checks: SettingChecks): GuardSettings {
  const limit = (kind: 'Deactivations' | 'Renames' | 'Clearings'): GuardLimit => ({
    percent: checks.numberOrDefault(`LDAP_Guard_${kind}_Percent`),
    maximum: checks.numberOrDefault(`LDAP_Guard_${kind}_Maximum`),
  });
  return {
    alwaysAllowed: checks.numberOrDefault('LDAP_Guard_Always_Allowed'),
    deactivations: limit('Deactivations'),
    renames: limit('Renames'),
    clearings: limit('Clearings'),
  };
}
