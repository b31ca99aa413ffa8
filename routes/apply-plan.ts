import { toRequester } from '../lib/auth/requester.js';
import { UnusableSettingsError } from '../lib/settings/unusable-settings-error.js';
import type { Handle } from './handler.js';
import { ok, unusableSettings } from './reply.js';
import type { RouterDependencies } from './router-dependencies.js';
import { toRunLocation } from './run-location.js';
import { toSettingValues } from './tries-settings.js';

/** `POST ldap.applyPlan`: sweeps anew with the settings of a preview, saves them, and does what the preview has shown. */
export function createApplyPlanRoute({
  applyPlan,
}: Pick<RouterDependencies, 'applyPlan'>): Handle<'applyPlan'> {
  return async ({ request, principal, input: { runId, secrets = {} } }) => {
    try {
      const asked = { runId, secrets: toSettingValues(secrets) };
      const started = await applyPlan(asked, toRequester(principal));
      return ok({ message: 'Application_in_progress' }, toRunLocation(request, started.runId));
    } catch (error) {
      if (error instanceof UnusableSettingsError) return unusableSettings(error);
      throw error;
    }
  };
}
