import { isActive } from '../../../models/active-user.js';
import type { AttentionRow, Outcome } from '../../../models/run-report.js';
import { toAdvice, type Advice } from '../../advice.js';
import { toCustomFieldRemarks } from '../plan/custom-field-remarks.js';
import { userOf } from '../plan/plan-page.js';
import type { WriteFailure } from '../run/write-failure.js';
import { BUSY, EXTENSION_TAKEN } from '../users/write-advice.js';
import { who } from './person-outcome.js';
import { isLinking, type PersonTask } from './person-task.js';

/** The rows of the report about one person: what somebody has to look at. */
export function toAttentionRows(task: PersonTask, outcome: Outcome): readonly AttentionRow[] {
  const { decision, user, failure, photoResult } = task;
  const { person } = decision;
  const about = who(person, userOf(decision));
  const rows: AttentionRow[] = [];
  if (decision.kind === 'conflict') rows.push({ outcome, ...about, ...toAdvice(decision) });
  else if (failure) rows.push({ outcome, ...about, ...toNamed(failure, user), ...ofFailure(failure, task) });
  if (person.remark && (decision.kind === 'create' || decision.kind === 'existing'))
    rows.push({ outcome, ...about, ...person.remark });
  if (decision.kind === 'create' || decision.kind === 'existing')
    for (const remark of toCustomFieldRemarks(person, userOf(decision)).values())
      rows.push({ outcome, ...about, ...remark });
  if (isBackButOff(task)) rows.push({ outcome, ...about, ...STILL_OFF });
  if (photoResult?.rejection && !failure)
    rows.push({ outcome, ...who(person, user), ...photoResult.rejection });
  return rows;
}

/** Names the id even of a user who was not created, because the log of the database has that id. */
function toNamed({ kind }: WriteFailure, user: PersonTask['user']): Pick<AttentionRow, 'userId'> {
  return kind === 'failed' && user ? { userId: user._id } : {};
}

function ofFailure(failure: WriteFailure, task: PersonTask): Advice {
  switch (failure.kind) {
    case 'duplicate':
      return {
        code: 'names-taken-meanwhile',
        params: {},
        reason: 'Somebody else has taken the user name, an address or the unique id in the same moment.',
        remedy: 'Run the sync again; the report then names the other account.',
      };
    case 'extension-taken':
      return EXTENSION_TAKEN;
    case 'changed':
      if (!isLinking(task)) return RELINKED;
      return {
        code: 'changed-meanwhile',
        params: {},
        reason: 'The account was to be connected with the entry, and has been changed in the same moment.',
        remedy: 'Run the sync again; the report then says what stands against it.',
      };
    case 'busy':
      return BUSY;
    case 'failed':
      return {
        code: 'write-refused',
        params: { error: failure.message },
        reason: `The database refused to write this user: ${failure.message}`,
        remedy: 'Look at the validation rules of the users collection, and run the sync again.',
      };
  }
}

const RELINKED: Advice = {
  code: 'changed-meanwhile',
  params: {},
  reason: 'The user was linked to another entry, or deleted, in the same moment.',
  remedy: 'Run the sync again.',
};

const STILL_OFF: Advice = {
  code: 'back-but-still-off',
  params: {},
  reason:
    'A sync switched this user off when the entry was missing; the entry is back, the user is still off.',
  remedy: 'Switch the user on, or set LDAP_Sync_User_Active_State to "enable" or "both".',
};

function isBackButOff({ decision }: PersonTask): boolean {
  const user = userOf(decision);
  if (!user || isActive(user) || decision.person.disabled !== false) return false;
  // A user who is to be switched on waits for the guard only.
  if (decision.kind === 'existing' && decision.diff.activation === 'activate') return false;
  return user.ldapSync?.deactivatedBecause === 'missing-from-directory';
}
