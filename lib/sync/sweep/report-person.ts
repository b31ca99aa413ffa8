import type { UserRecord } from '../../../models/user.js';
import type { AttentionRow, Outcome } from '../../../models/run-report.js';
import { toAdvice, type Advice } from '../../advice.js';
import { showInvisible } from '../../invisible-characters.js';
import { toAbacRemarks } from '../plan/abac-remarks.js';
import { toCustomFieldRemarks } from '../plan/custom-field-remarks.js';
import { toLastRole } from '../plan/last-role.js';
import { toKeptStateAdvice } from '../plan/federation.js';
import { toMergedAdvice } from '../plan/merged-advice.js';
import { isLeftAlone, userOf, type Decision } from '../plan/plan-page.js';
import { refusalOf } from '../plan/refused-rename.js';
import type { WriteFailure } from '../run/write-failure.js';
import { BUSY, EXTENSION_TAKEN, REFUSED } from '../users/write-advice.js';
import { who } from './person-outcome.js';
import { isLinking, type PersonTask } from './person-task.js';
import { findStillOff } from './still-off.js';

/** The rows of the report about one person: what somebody has to look at. */
export function toAttentionRows(task: PersonTask, outcome: Outcome): readonly AttentionRow[] {
  const { decision, user, failure, photoResult } = task;
  const { person } = decision;
  const advice = [
    toFate(task),
    decision.kind === 'existing' && !failure ? refusalOf(decision) : undefined,
    ...toRemarks(decision),
    findKeptState(decision) ?? findStillOff(decision),
  ].filter((one) => one !== undefined);
  const about = advice.length > 0 ? who(person, toSubject(decision)) : undefined;
  const rows: AttentionRow[] = advice.map((one) => ({ outcome, ...about, ...one }));
  if (photoResult?.rejection && !failure)
    rows.push({ outcome, ...who(person, user), ...photoResult.rejection });
  return rows;
}

/** What of the entry did not get into the user, and why. */
function toRemarks(decision: Decision): readonly Advice[] {
  if (decision.kind === 'conflict') return [];
  const { person } = decision;
  const ofAccess = toAbacRemarks(person, userOf(decision));
  if (isLeftAlone(decision)) return userOf(decision) ? ofAccess : [];
  const kept = decision.kind === 'existing' ? decision.diff.keptRole : undefined;
  return [
    ...(person.remark ? [person.remark] : []),
    ...toCustomFieldRemarks(person, userOf(decision)).values(),
    ...ofAccess,
    ...(kept === undefined ? [] : [toLastRole(kept)]),
  ];
}

/** The user whom a row is about. Nobody else stands in the way of an account that is not converted. */
function toSubject(decision: Decision): UserRecord | undefined {
  return decision.kind === 'conflict' && decision.isRejected ? decision.user : userOf(decision);
}

function findKeptState(decision: Decision): Advice | undefined {
  const kept = decision.kind === 'existing' ? decision.diff.keptState : undefined;
  return kept && toKeptStateAdvice(kept);
}

/** What became of the person, where somebody has to look at it. */
function toFate(task: PersonTask): (Advice & Pick<AttentionRow, 'userId'>) | undefined {
  const { decision, user, failure } = task;
  if (decision.kind === 'conflict') return toAdvice(decision);
  if (failure) return { ...toNamed(failure, user), ...ofFailure(failure, task) };
  return decision.kind === 'existing' && decision.link ? toMerged(decision) : undefined;
}

function toMerged({ user: { _id, username }, person: { dn } }: Decision & { kind: 'existing' }): Advice {
  return toMergedAdvice({
    account: showInvisible(username ?? _id),
    dn: showInvisible(dn),
    matchedBy: 'verified-address',
    isRevertible: false,
  });
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
        reason: `The database refused to write this user, or a document of a room: ${failure.message}`,
        remedy: REFUSED.remedy,
      };
  }
}

const RELINKED: Advice = {
  code: 'changed-meanwhile',
  params: {},
  reason: 'The user was linked to another entry, or deleted, in the same moment.',
  remedy: 'Run the sync again.',
};
