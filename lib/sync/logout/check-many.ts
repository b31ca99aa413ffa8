import type { RunProblem } from '../../../models/run-report.js';
import type { SyncSettings } from '../../settings/sync-settings.js';
import { toRemovalLimit } from '../removals/check-amount.js';
import type { UserReader } from '../users/user-store.js';

interface Wanted {
  readonly wanted: number;
  readonly users: Pick<UserReader, 'surveyLinks'>;
  readonly guard: SyncSettings['guard'];
}

/**
 * What keeps so many people from being signed out at once. The limits are those of switching off: personal access tokens
 * cannot be given back, and a directory that shows everybody as disabled would end them all.
 */
export async function findTooMany({ wanted, users, guard }: Wanted): Promise<RunProblem | undefined> {
  const toLimit = (linked: number): number =>
    toRemovalLimit(linked, guard.alwaysAllowed, guard.deactivations);
  // Most runs want so few that nobody has to be counted.
  if (wanted <= toLimit(0)) return undefined;
  const { active } = await users.surveyLinks();
  const limit = toLimit(active);
  if (wanted <= limit) return undefined;
  return {
    message: `${wanted} of ${active} linked users would be signed out; more than ${limit} at once are not, so nobody was.`,
    remedy:
      'Look at what the directory says of them (ldap.explainUser, ldap.previewSync). If it is right, let a sync switch ' +
      'them off and approve its list, or raise LDAP_Guard_Deactivations_Percent or LDAP_Guard_Deactivations_Maximum ' +
      'for that time.',
    setting: 'LDAP_Guard_Deactivations_Percent',
  };
}
