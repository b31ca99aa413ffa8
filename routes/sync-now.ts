import type { RunKind } from '../models/run-report.js';
import type { Call } from './checks.js';
import type { RouterDependencies } from './router-dependencies.js';
import { ok, type Reply } from './reply.js';
import { toRequester, toRunLocation } from './run-location.js';

/**
 * `POST ldap.syncNow` and `POST ldap.previewSync`: starts a run, or joins the one of its kind that is going,
 * and answers at once.
 */
export function createSyncNow(
  { service }: Pick<RouterDependencies, 'service'>,
  kind: RunKind & ('sync' | 'preview'),
) {
  const message = kind === 'sync' ? 'Sync_in_progress' : 'Preview_in_progress';
  return async ({ request, principal }: Call): Promise<Reply> => {
    const { runId } = await service.start({ kind, requestedBy: toRequester(principal) });
    return ok({ message }, toRunLocation(request, runId));
  };
}
