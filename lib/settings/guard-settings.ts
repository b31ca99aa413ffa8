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

/** Which settings limit a kind of removal; `undefined`: each of the kind waits for a decision. */
const LIMIT_SETTINGS: Readonly<Record<RemovalKind, LimitSettings | undefined>> = {
  deactivate: {
    percent: 'LDAP_Guard_Deactivations_Percent',
    maximum: 'LDAP_Guard_Deactivations_Maximum',
  },
  rename: { percent: 'LDAP_Guard_Renames_Percent', maximum: 'LDAP_Guard_Renames_Maximum' },
  clear: { percent: 'LDAP_Guard_Clearings_Percent', maximum: 'LDAP_Guard_Clearings_Maximum' },
  photo: { percent: 'LDAP_Guard_Photos_Percent', maximum: 'LDAP_Guard_Photos_Maximum' },
  membership: {
    percent: 'LDAP_Guard_Memberships_Percent',
    maximum: 'LDAP_Guard_Memberships_Maximum',
  },
  reactivate: {
    percent: 'LDAP_Guard_Reactivations_Percent',
    maximum: 'LDAP_Guard_Reactivations_Maximum',
  },
  release: undefined,
  merge: undefined,
  relink: { percent: 'LDAP_Guard_Relinks_Percent', maximum: 'LDAP_Guard_Relinks_Maximum' },
};

/** Names the settings of a kind, as a sentence that goes on; `''` for a kind without any. */
export function describeLimits(kind: RemovalKind): string {
  const ids = LIMIT_SETTINGS[kind];
  return ids ? ` The limits are ${ids.percent} and ${ids.maximum}.` : '';
}

const NO_LIMIT: GuardLimit = { percent: 0, maximum: 0 };

/** No value switches the guard off: what is no sensible limit leaves the default. */
export function parseGuard(checks: SettingChecks): GuardSettings {
  const limits = REMOVAL_KINDS.map((kind): [RemovalCount, GuardLimit] => {
    const ids = LIMIT_SETTINGS[kind];
    const limit = ids
      ? { percent: checks.numberOrDefault(ids.percent), maximum: checks.numberOrDefault(ids.maximum) }
      : NO_LIMIT;
    return [REMOVAL_COUNTS[kind], limit];
  });
  return {
    alwaysAllowed: checks.numberOrDefault('LDAP_Guard_Always_Allowed'),
    ...(Object.fromEntries(limits) as Record<RemovalCount, GuardLimit>),
  };
}
