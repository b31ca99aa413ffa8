import type { RouterDependencies } from './router-dependencies.js';
import type { Call } from './checks.js';
import { ok, refused, type Reply } from './reply.js';

/** `POST ldap.syncNow`: starts a run, or joins the one that is going, and answers at once. */
export function createSyncNow({ readSettings, service }: Pick<RouterDependencies, 'readSettings' | 'service'>) {
  return async ({ request, principal }: Call): Promise<Reply> => {
    const settings = await readSettings();
    if (!settings.get('LDAP_Enable')) return refused('LDAP_disabled');
    if (!settings.get('LDAP_Background_Sync') && !settings.get('LDAP_Background_Sync_Avatars')) {
      return refused('LDAP_Background_Sync_disabled');
    }
    const { userId, username } = principal;
    const { runId } = await service.start({ _id: userId, ...(username === undefined ? {} : { username }) });
    return ok({ message: 'Sync_in_progress' }, { Location: `${request.baseUrl}/ldap.runInfo?runId=${encodeURIComponent(runId)}` });
  };
}
