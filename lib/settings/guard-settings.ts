import type { SettingChecks } from './setting-checks.js';
import type { GuardLimit, GuardSettings } from './sync-settings.js';

/** No value switches the guard off: what is no sensible limit leaves the default. */
export function parseGuard(checks: SettingChecks): GuardSettings {
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
