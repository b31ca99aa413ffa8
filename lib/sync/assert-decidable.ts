import { LdapSyncError, type LdapSyncErrorCode } from '../errors.js';
import { sumOfRemovals } from '../../models/removal-kind.js';
import { isUnderWay, type HeldDecision, type RunSummary } from '../../models/run-report.js';
import type { DecidedRows } from './history/decide-rows.js';
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
      `This run is ${toArticle(kind)}: it took nothing away that could be given back.`,
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

/** Throws an `LdapSyncError` (`run-already-decided`). */
export function refuseDecided({ verdict, by, at }: HeldDecision): never {
  refuse(
    'run-already-decided',
    `This run was ${verdict} by ${by.username ?? by._id} at ${at.toISOString()}.`,
    'Nothing; each list is decided once.',
  );
}

/** Throws an `LdapSyncError` when a decision found no row to decide about: `rows-expired`, `rows-not-waiting`. */
export function assertDecided(
  { held, decision }: RunSummary,
  { verdict, rows }: { readonly rows: unknown } & Pick<HeldDecision, 'verdict'>,
  { decided, known }: DecidedRows,
): void {
  if (known === 0 && held && sumOfRemovals(held) > 0)
    refuse(
      'rows-expired',
      'The list of the held run is gone: it is older than LDAP_Sync_History_Days.',
      'Run the sync again, and decide about its list.',
    );
  if (decided > 0 || (known === 0 && rows === undefined)) return;
  if (rows)
    refuse(
      'rows-not-waiting',
      'None of these rows waits for a decision.',
      'Take the ids of rows with state "waiting" and without "decided" from ldap.runChanges of this run.',
    );
  if (decision) refuseDecided(decision);
  // All rows were rejected, and that was cut off before the run said so.
  if (verdict === 'approved')
    refuse(
      'rows-not-waiting',
      'No row of this list waits for a decision any more.',
      'Close the list with ldap.rejectRun.',
    );
}

export function refuse(code: LdapSyncErrorCode, message: string, remedy: string): never {
  throw new LdapSyncError(code, message, { remedy });
}

function toArticle(kind: string): string {
  return `${/^[aeiou]/.test(kind) ? 'an' : 'a'} ${kind}`;
}
