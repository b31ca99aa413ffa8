import { isActive } from '../../../models/active-user.js';
import type { UserRecord } from '../../../models/user.js';
import type { Person } from '../../mapping/map-entry.js';
import { userOf, type Decision } from '../plan/plan-page.js';
import type { AttentionRow, Outcome } from '../../../models/run-report.js';
import type { Tally } from '../run/tally.js';
import type { WriteFailure } from '../users/user-store.js';

/** What became of a person, from what was decided and what the database made of it. */
export function toOutcome(
  decision: Decision,
  failure: WriteFailure | undefined,
  isChanged: boolean,
): Outcome {
  if (decision.kind === 'conflict' && decision.isRejected) return 'rejected';
  if (decision.kind === 'conflict' || (failure && failure.kind !== 'failed')) return 'conflicted';
  if (failure) return 'failed';
  if (decision.kind === 'create') return 'created';
  if (decision.kind === 'existing') {
    if (decision.link) return 'linked';
    if (decision.diff.activation === 'activate') return 'reactivated';
  }
  return isChanged ? 'updated' : 'unchanged';
}

const CHANGED = 'The account was to be connected with the entry, and has been changed in the same moment.';

/** Gives a person a row of the report, where somebody has to look at them. */
export function reportPerson(
  decision: Decision,
  outcome: Outcome,
  failure: WriteFailure | undefined,
  userId: string | undefined,
  tally: Tally,
): void {
  const row = () => ({ outcome, ...who(decision.person, userOf(decision)) });
  if (decision.kind === 'conflict')
    tally.attention({ ...row(), reason: decision.reason, remedy: decision.remedy });
  else if (failure?.kind === 'duplicate') {
    tally.attention({
      ...row(),
      reason: 'Somebody else has taken the user name, an address or the unique id in the same moment.',
      remedy: 'Run the sync again; the report then names the other account.',
    });
  } else if (failure?.kind === 'changed') {
    tally.attention({
      ...row(),
      reason: CHANGED,
      remedy: 'Run the sync again; the report then says what stands against it.',
    });
  } else if (failure) {
    tally.attention({
      ...row(),
      ...(userId === undefined ? {} : { userId }),
      reason: `The database refused to write this user: ${failure.message}`,
      remedy: 'Look at the validation rules of the users collection, and run the sync again.',
    });
  }
  const user = userOf(decision);
  const cameBack = user && !isActive(user) && user.ldapSync?.deactivatedBecause === 'missing-from-directory';
  if (outcome !== 'reactivated' && cameBack && !decision.person.disabled) {
    tally.attention({
      ...row(),
      reason:
        'A sync switched this user off when the entry was missing; the entry is back, the user is still off.',
      remedy: 'Switch the user on, or set LDAP_Sync_User_Active_State to "enable" or "both".',
    });
  }
}

/** Whom a row is about. */
export function who(
  person: Person,
  user: UserRecord | undefined,
): Pick<AttentionRow, 'dn' | 'userId' | 'username' | 'name'> {
  const username = user?.username ?? person.username;
  const name = person.name ?? user?.name;
  return {
    dn: person.dn,
    ...(user ? { userId: user._id } : {}),
    ...(username === undefined ? {} : { username }),
    ...(name === undefined ? {} : { name }),
  };
}
