import type { RunRequest } from './run/start-run.js';
import { refuse } from './assert-decidable.js';
import type { SyncService } from './sync-service.js';

/** Starts a run that a person has decided on; rejects with an `LdapSyncError` (`run-in-progress`) while another goes. */
export async function startAlone(
  service: Pick<SyncService, 'start'>,
  request: RunRequest,
  began?: (runId: string) => Promise<void>,
): Promise<{ readonly runId: string }> {
  const { runId, outcome } = await service.start(request, began);
  if (outcome !== 'started')
    refuse(
      'run-in-progress',
      `A run is going (${runId}).`,
      'Wait until it has ended (ldap.runInfo), then try again.',
    );
  return { runId };
}
