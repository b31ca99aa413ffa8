import { toRequester } from '../lib/auth/requester.js';
import { UnusableSettingsError } from '../lib/settings/unusable-settings-error.js';
import type { Call } from './checks.js';
import type { Handle } from './handler.js';
import { ok, unusableSettings } from './reply.js';
import type { RouterDependencies } from './router-dependencies.js';
import { toRunLocation } from './run-location.js';
import { RUN_ID } from './schemas/parameters.js';

/** `POST ldap.applyPlan`: sweeps anew with the settings of a preview, saves them, and does what the preview has shown. */
export function createApplyPlanRoute({ applyPlan }: Pick<RouterDependencies, 'applyPlan'>): Handle<'applyPlan'> {
  return async ({ request, principal, input: { runId, secrets = {} } }) => {
    try {
      const asked = { runId, secrets: new Map(Object.entries(secrets)) };
      const started = await applyPlan(asked, toRequester(principal));
      return ok({ message: 'Application_in_progress' }, toRunLocation(request, started.runId));
    } catch (error) {
      if (error instanceof UnusableSettingsError) return unusableSettings(error);
      throw error;
    }
  };
}

/** Whether the preview of the body had settings that are not saved: to apply it changes settings. */
export function createAppliesSettings({ runs }: Pick<RouterDependencies, 'runs'>) {
  return async ({ request }: Call): Promise<boolean> => {
    const { runId } = (request.body ?? {}) as { readonly runId?: unknown };
    if (typeof runId !== 'string' || !RUN_ID.test(runId)) return false;
    return (await runs.summary(runId))?.unsaved !== undefined;
  };
}
