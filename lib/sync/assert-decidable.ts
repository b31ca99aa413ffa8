import { LdapSyncError, type LdapSyncErrorCode } from '../errors.js';
import { isUnderWay, type RunSummary } from '../../models/run-report.js';
import { RUN_KINDS } from './run/run-kinds.js';

/** Throws an `LdapSyncError` (`run-not-held`) when the run has no list that a person could decide about. */
export function assertDecidable({ kind, state, held }: RunSummary): void {
  if (!RUN_KINDS[kind].isDecidable) {
    refuse(
      'run-not-held',
      `This run was ${toArticle(kind)}: nothing waits for an approval.`,
      'Start a sync (ldap.syncNow); should it be held, approve that run.',
    );
  }
  if (state !== 'held')
    refuse(
      'run-not-held',
      `This run is not held; it is ${state}.`,
      'Only a held run can be approved or rejected.',
    );
  if (held?.approvable !== true) {
    refuse(
      'run-not-held',
      'This run was held because not everybody could be read or told apart, so there is no list to ' +
        'approve.',
      'Mend what its problems name, then run the sync again.',
    );
  }
}

/** Throws an `LdapSyncError` when the run took nothing away, or was reverted already. */
export function assertRevertible(run: RunSummary): void {
  const { kind, state, decision, partlyDecided, revertedBy, removed = 0 } = run;
  if (isUnderWay(state))
    refuse(
      'run-not-revertible',
      'This run is still going.',
      'Cancel it first (ldap.cancelRun), or wait until it has ended.',
    );
  if (!RUN_KINDS[kind].takesAway) {
    refuse(
      'run-not-revertible',
      `This run is ${toArticle(kind)}: it took nothing away.`,
      'Revert the sync or the approval that did.',
    );
  }
  if (revertedBy !== undefined)
    refuse(
      'run-already-reverted',
      `This run was reverted by ${revertedBy}.`,
      'Look there who could not be restored.',
    );
  const approval = decision?.runId ?? partlyDecided?.at(-1)?.runId;
  // A run that was held for decisions alone has carried the others out.
  if (state === 'held' && removed === 0)
    refuse(
      'run-not-revertible',
      'This run was held: it took nothing away.',
      approval === undefined ? 'Nothing is to be reverted.' : `Revert the approval of it: ${approval}.`,
    );
}

export function refuse(code: LdapSyncErrorCode, message: string, remedy: string): never {
  throw new LdapSyncError(code, message, { remedy });
}

function toArticle(kind: string): string {
  return `${/^[aeiou]/.test(kind) ? 'an' : 'a'} ${kind}`;
}
