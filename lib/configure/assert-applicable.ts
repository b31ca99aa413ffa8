import { isUnderWay, type RunSummary } from '../../models/run-report.js';
import { refuse } from '../sync/assert-decidable.js';
import type { RunLog } from '../sync/run/run-log.js';
import { RUN_KINDS } from '../sync/run/run-kinds.js';

/** A list of which nothing shows that it is one of the right directory, and wholly read. */
const UNPROVEN: readonly string[] = ['directory-unverified', 'sweep-incomplete'];

/** Throws an `LdapSyncError` (`plan-not-applicable`) when the run is no preview with a list to apply. */
export function assertApplicable({ kind, state, held }: RunSummary): void {
  if (!RUN_KINDS[kind].isPlan)
    refuse(
      'plan-not-applicable',
      `This run is no preview; it is of the kind ${kind}.`,
      'Make a preview (ldap.previewSync), and apply that.',
    );
  if (isUnderWay(state))
    refuse(
      'plan-not-applicable',
      'This preview is still going.',
      'Wait until it has ended (ldap.runInfo), and look at its list.',
    );
  if (state !== 'completed' && state !== 'held')
    refuse(
      'plan-not-applicable',
      `This preview is not whole; it is ${state}.`,
      'Mend what its problems name, then make a preview anew.',
    );
  if (held && (!held.approvable || UNPROVEN.includes(held.code ?? '')))
    refuse(
      'plan-not-applicable',
      `This preview does not prove that anybody is gone: ${held.reason}`,
      `${held.approvable ? UNVERIFIED_REMEDY : held.remedy} Then make a preview anew.`,
    );
}

const UNVERIFIED_REMEDY =
  'Check LDAP_Host, LDAP_BaseDN, LDAP_User_Search_Filter and LDAP_Unique_Identifier_Field. If they are right, save ' +
  'them (ldap.settings), run a sync (ldap.syncNow), and approve its list (ldap.approveRun).';

/** About 50 MB of keys. */
const MAX_REMOVALS = 500_000;

/** Throws an `LdapSyncError` (`plan-not-applicable`) when an application could not keep the list in memory. */
export function assertFits(removals: number): void {
  if (removals > MAX_REMOVALS)
    refuse(
      'plan-not-applicable',
      `The preview has ${removals} removals, which are too many to compare: ${MAX_REMOVALS} are the most.`,
      'Save the settings (ldap.settings), run a sync (ldap.syncNow), and approve its list (ldap.approveRun).',
    );
}

/** Rejects with an `LdapSyncError` (`plan-already-applied`). An application that was cut off may be asked for again. */
export async function assertNotApplied(
  runId: string,
  runs: Pick<RunLog, 'followersOf' | 'summary'>,
): Promise<void> {
  for (const id of await runs.followersOf(runId, 'application')) {
    const application = await runs.summary(id);
    if (application?.plan)
      refuse(
        'plan-already-applied',
        `This preview was applied by the run ${id}.`,
        'Look there what was done. Make a preview anew (ldap.previewSync) for what there is still to do.',
      );
  }
}
