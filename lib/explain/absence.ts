import { isActive } from '../../models/active-user.js';
import type { UserRecord } from '../../models/user.js';
import type { SyncPolicy, SyncSettings } from '../settings/sync-settings.js';
import type { RemovalRow } from '../../models/change-row.js';
import { toSwitchOffRow } from '../sync/removals/switch-off-row.js';
import { FEDERATED_MISSING } from '../sync/plan/federation.js';
import { isFederated } from '../sync/plan/merge-obstacles.js';
import { toLdapIdentity } from '../mapping/ldap-identity.js';

/** What a sync does with a linked user whose entry it does not see. */
export interface Absence {
  readonly explanation: string;
  readonly removals: readonly RemovalRow[];
}

/** Follows `collectMissing`, which makes the same checks for every user. */
export function explainAbsence(
  user: UserRecord,
  { policy, mapping }: Pick<SyncSettings, 'policy' | 'mapping'>,
): Absence {
  const identity = toLdapIdentity(user);
  if (!identity) return leave('');
  if (!isActive(user)) return leave('The user is off already.');
  if (user.ldap !== true)
    return leave('The user is not marked as one of the directory (ldap), and stays on.');
  const off = toSettingOff(policy);
  if (off !== undefined) return leave(`${off} is off, so the user stays on.`);
  if (!mapping.idAttributes.some((name) => name.toLowerCase() === identity.idAttribute.toLowerCase())) {
    return leave(
      `The user is known by ${identity.idAttribute}, which LDAP_Unique_Identifier_Field no longer names, ` +
        'and stays on.',
    );
  }
  if (isFederated(user)) return leave(FEDERATED_MISSING.reason);
  return {
    explanation: 'A sync switches the user off, once it has wholly read the directory and looked once more.',
    removals: [toSwitchOffRow(user, identity, 'missing-from-directory')],
  };
}

function toSettingOff({ syncUsers, keepUpdated, disableMissing }: SyncPolicy): string | undefined {
  if (!syncUsers) return 'LDAP_Background_Sync';
  if (!keepUpdated) return 'LDAP_Background_Sync_Keep_Existant_Users_Updated';
  return disableMissing ? undefined : 'LDAP_Background_Sync_Disable_Missing_Users';
}

function leave(explanation: string): Absence {
  return { explanation, removals: [] };
}
