import { toRemovalCounts } from '../../models/removal-kind.js';
import type { Logger } from '../logger.js';
import type { RunKind } from '../../models/run-report.js';
import type { RunEvents } from '../sync/run/run-events.js';
import { RUN_KINDS } from '../sync/run/run-kinds.js';

/**
 * Writes what the runs on this host do, a line each, the details first:
 *
 * - info `LDAP sync queued`, when it waits for the end of another run: `{ runId, kind, requestedBy }`
 * - info `LDAP sync started`: `{ runId, kind, requestedBy }`, the id of a user
 * - info `LDAP sync phase ended`: `{ runId, kind, phase, durationMs }`
 * - warn `LDAP sync held removals`: `{ runId, kind, deactivations, renames, clearings, photos, memberships,
 *   reactivations, releases, merges, relinks, approvable, reason }`
 * - info `LDAP sync ended`, warn when it failed: `{ runId, kind, state, durationMs, counts, problems,
 *   attention, signedOut }`, `problems` and `attention` as numbers, since their rows may name people; `signedOut` only
 *   where somebody was
 *
 * Of what happens every few minutes (auto-logouts) the beginning and the phases are at the level debug.
 */
export function createPhaseLog(events: RunEvents, logger: Logger): void {
  const at = (kind: RunKind): Logger['info'] => (RUN_KINDS[kind].isRoutine ? logger.debug : logger.info);
  events.on('run:queued', ({ runId, kind, requestedBy }) => {
    logger.info({ runId, kind, requestedBy: requestedBy._id }, 'LDAP sync queued');
  });
  events.on('run:started', ({ runId, kind, requestedBy }) => {
    at(kind)({ runId, kind, requestedBy: requestedBy._id }, 'LDAP sync started');
  });
  events.on('run:phase', ({ runId, kind, phase, durationMs }) => {
    at(kind)({ runId, kind, phase, durationMs: Math.round(durationMs) }, 'LDAP sync phase ended');
  });
  events.on('run:held', ({ _id: runId, kind, held }) => {
    if (!held) return;
    const { approvable, reason } = held;
    const counts = toRemovalCounts((count) => held[count]);
    logger.warn({ runId, kind, ...counts, approvable, reason }, 'LDAP sync held removals');
  });
  events.on(
    'run:finished',
    ({ _id: runId, kind, state, startedAt, finishedAt, counts, problems, attention, signedOut }) => {
      const durationMs = finishedAt && Math.max(0, finishedAt.getTime() - startedAt.getTime());
      const details = {
        runId,
        kind,
        state,
        durationMs,
        counts,
        problems: problems.length,
        attention: attention.length,
        ...(signedOut === undefined ? {} : { signedOut }),
      };
      if (state === 'failed') logger.warn(details, 'LDAP sync ended');
      else logger.info(details, 'LDAP sync ended');
    },
  );
}
