import type { RunKind } from '../lib/sync/report.js';
import type { Call } from './checks.js';
import type { RouterDependencies } from './router-dependencies.js';
import { ok, refused, type Reply } from './reply.js';
import { toRequester, toRunLocation } from './run-location.js';

/** `POST ldap.syncNow` and `POST ldap.previewSync`: starts a run, or joins the one of its kind that is going, and answers at once. */
export function createSyncNow(
  { readSettings, service }: Pick<RouterDependencies, 'readSettings' | 'service'>,
  kind: RunKind & ('sync' | 'preview'),
) {
  const message = kind === 'sync' ? 'Sync_in_progress' : 'Preview_in_progress';
  return async ({ request, principal }: Call): Promise<Reply> => {
    const settings = await readSettings();
    if (!settings.get('LDAP_Enable')) return refused('LDAP_disabled');
    if (!settings.get('LDAP_Background_Sync') && !settings.get('LDAP_Background_Sync_Avatars')) {
      return refused('LDAP_Background_Sync_disabled');
    }
    const { runId } = await service.start({ kind, requestedBy: toRequester(principal) });
    return ok({ message }, toRunLocation(request, runId));
  };
}
