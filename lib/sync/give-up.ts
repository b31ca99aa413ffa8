import { LdapSyncError } from '../errors.js';
import type { ActiveRun } from './run/active-run.js';
import { RUN_KINDS } from './run/run-kinds.js';

/** A run that nobody can have joined is forgotten; else its report says to those who have why it did nothing. */
export async function giveUp(active: ActiveRun, error: unknown): Promise<void> {
  if (!RUN_KINDS[active.kind].isShared && (await active.forget())) return;
  if (error instanceof LdapSyncError)
    active.tally.problem({ message: error.message, remedy: error.remedy ?? 'Look at the newest run.' });
  await active.finish({ state: 'failed' });
}
