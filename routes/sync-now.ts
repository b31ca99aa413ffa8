import { toRequester } from '../lib/auth/requester.js';
import { LdapSyncError } from '../lib/errors.js';
import { startAlone } from '../lib/sync/start-alone.js';
import { UnusableSettingsError } from '../lib/settings/unusable-settings-error.js';
import { findSwitchedOff } from './checks.js';
import type { Handle } from './handler.js';
import type { RouterDependencies } from './router-dependencies.js';
import { ok, unusableSettings } from './reply.js';
import { toRunLocation } from './run-location.js';
import { toAsked } from './schemas/asked-person.js';
import { toSettingValues } from './tries-settings.js';

/** `POST ldap.syncNow`: starts a sync, or joins the one that is going, and answers at once. */
export function createSyncNow({ service }: Pick<RouterDependencies, 'service'>): Handle<'syncNow'> {
  return async ({ request, principal }) => {
    const { runId } = await service.start({ kind: 'sync', requestedBy: toRequester(principal) });
    return ok({ message: 'Sync_in_progress' }, toRunLocation(request, runId));
  };
}

/** `POST ldap.syncPerson`: syncs one person, unless another run is going, and answers at once. */
export function createSyncPerson({
  service,
  readSettings,
}: Pick<RouterDependencies, 'service' | 'readSettings'>): Handle<'syncPerson'> {
  return async ({ request, principal, input }) => {
    const refusal = findSwitchedOff(await readSettings());
    if (refusal) return refusal;
    const requestedBy = toRequester(principal);
    const { runId } = await startAlone(service, { kind: 'person-sync', asked: toAsked(input), requestedBy });
    return ok({ message: 'Person_sync_in_progress' }, toRunLocation(request, runId));
  };
}

/**
 * `POST ldap.previewSync`: starts a preview with the saved settings, or joins the one that is going; or one with
 * settings that are not saved, which is nobody else's.
 */
export function createPreviewSync({
  service,
  plans,
}: Pick<RouterDependencies, 'service' | 'plans'>): Handle<'previewSync'> {
  return async ({ request, principal, input: { settings } }) => {
    const requestedBy = toRequester(principal);
    try {
      const { trial, keep } = await plans.draft(settings && toSettingValues(settings));
      const refusal = findSwitchedOff(trial.settings);
      if (refusal) return refusal;
      const asked = settings
        ? ({ kind: 'trial', requestedBy, trial } as const)
        : ({ kind: 'preview', requestedBy } as const);
      const { runId, outcome } = await service.start(asked, keep);
      if (outcome === 'busy') throw anotherIsGoing();
      return ok({ message: 'Preview_in_progress' }, toRunLocation(request, runId));
    } catch (error) {
      if (error instanceof UnusableSettingsError) return unusableSettings(error);
      throw error;
    }
  };
}

function anotherIsGoing(): LdapSyncError {
  return new LdapSyncError('run-in-progress', 'Another preview is going.', {
    remedy: 'Repeat this when it has ended (ldap.status).',
  });
}
