import type { Engine } from './compose-engine.js';
import type { ResolvedOptions } from './options.js';
import { createReadAdministrators } from './watch/administrators.js';
import { createReadHeldList } from './watch/held-list.js';
import { createHeldMail, type HeldMail } from './watch/held-mail.js';
import { createSyncMetrics } from './watch/metrics.js';
import { createPhaseLog } from './watch/phase-log.js';

/** Starts to listen to the runs of this host: metrics, the log of the phases, and the mails. */
export function composeWatchers(
  { connection, clock, logger, metrics }: ResolvedOptions,
  { events, runs, readStillWaiting, sendMail, readSettings }: Engine,
): { readonly heldMail: HeldMail } {
  const read = { undecided: readStillWaiting, newestAnswered: runs.newestAnswered };
  if (metrics) createSyncMetrics({ events, runs: read }, metrics);
  createPhaseLog(events, logger);
  const readRecipients = createReadAdministrators({ connection });
  const readHeldList = createReadHeldList(connection);
  return {
    heldMail: createHeldMail({ events, sendMail, readRecipients, readHeldList, readSettings, clock, logger }),
  };
}
