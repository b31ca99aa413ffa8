import {
  REMOVAL_COUNTS,
  REMOVAL_KINDS,
  type RemovalCount,
  type RemovalKind,
} from '../../models/removal-kind.js';
import type { GUARD } from './definitions/guard.js';
import type { SettingChecks } from './setting-checks.js';
import type { GuardLimit, GuardSettings } from './sync-settings.js';

type GuardSetting = keyof typeof GUARD;

/** Which settings limit a kind of removal. */
export const LIMIT_SETTINGS: Readonly<
  Record<
    RemovalKind,
    {
      readonly percent: Extract<GuardSetting, `${string}_Percent`>;
      readonly maximum: Extract<GuardSetting, `${string}_Maximum`>;
    }
  >
> = {
  deactivate: {
    percent: 'LDAP_Guard_Deactivations_Percent',
    maximum: 'LDAP_Guard_Deactivations_Maximum',
  },
  rename: { percent: 'LDAP_Guard_Renames_Percent', maximum: 'LDAP_Guard_Renames_Maximum' },
  clear: { percent: 'LDAP_Guard_Clearings_Percent', maximum: 'LDAP_Guard_Clearings_Maximum' },
  photo: { percent: 'LDAP_Guard_Photos_Percent', maximum: 'LDAP_Guard_Photos_Maximum' },
  reactivate: {
    percent: 'LDAP_Guard_Reactivations_Percent',
    maximum: 'LDAP_Guard_Reactivations_Maximum',
  },
};

/** No value switches the guard off: what is no sensible limit leaves the default. */
export function parseGuard(checks: SettingChecks): GuardSettings {
  const limits = REMOVAL_KINDS.map((kind): [RemovalCount, GuardLimit] => [
    REMOVAL_COUNTS[kind],
    {
      percent: checks.numberOrDefault(LIMIT_SETTINGS[kind].percent),
      maximum: checks.numberOrDefault(LIMIT_SETTINGS[kind].maximum),
    },
  ]);
  return {
    alwaysAllowed: checks.numberOrDefault('LDAP_Guard_Always_Allowed'),
    ...(Object.fromEntries(limits) as Record<RemovalCount, GuardLimit>),
  };
}
