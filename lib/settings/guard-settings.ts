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

interface LimitSettings {
  readonly percent: Extract<GuardSetting, `${string}_Percent`>;
  readonly maximum: Extract<GuardSetting, `${string}_Maximum`>;
}

/** Which settings limit a kind of removal; `always-waits`: none of it happens without somebody's decision. */
export const LIMIT_SETTINGS: Readonly<Record<RemovalKind, LimitSettings | 'always-waits'>> = {
  deactivate: {
    percent: 'LDAP_Guard_Deactivations_Percent',
    maximum: 'LDAP_Guard_Deactivations_Maximum',
  },
  rename: { percent: 'LDAP_Guard_Renames_Percent', maximum: 'LDAP_Guard_Renames_Maximum' },
  clear: { percent: 'LDAP_Guard_Clearings_Percent', maximum: 'LDAP_Guard_Clearings_Maximum' },
  reactivate: {
    percent: 'LDAP_Guard_Reactivations_Percent',
    maximum: 'LDAP_Guard_Reactivations_Maximum',
  },
  merge: 'always-waits',
  relink: { percent: 'LDAP_Guard_Relinks_Percent', maximum: 'LDAP_Guard_Relinks_Maximum' },
};

/** No value switches the guard off: what is no sensible limit leaves the default. */
export function parseGuard(checks: SettingChecks): GuardSettings {
  const limits = REMOVAL_KINDS.map((kind): [RemovalCount, GuardLimit] => [
    REMOVAL_COUNTS[kind],
    toLimit(LIMIT_SETTINGS[kind], checks),
  ]);
  return {
    alwaysAllowed: checks.numberOrDefault('LDAP_Guard_Always_Allowed'),
    ...(Object.fromEntries(limits) as Record<RemovalCount, GuardLimit>),
  };
}

const NONE: GuardLimit = { percent: 0, maximum: 0 };

function toLimit(settings: LimitSettings | 'always-waits', checks: SettingChecks): GuardLimit {
  if (settings === 'always-waits') return NONE;
  return {
    percent: checks.numberOrDefault(settings.percent),
    maximum: checks.numberOrDefault(settings.maximum),
  };
}
