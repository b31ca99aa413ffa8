import type { Call } from './checks.js';
import { RUN_ID } from './schemas/parameters.js';
import type { RouterDependencies } from './router-dependencies.js';

/** Whether the preview of the body had settings that are not saved: to apply it changes settings. */
export function createAppliesSettings({
  runs,
}: Pick<RouterDependencies, 'runs'>): (call: Call) => Promise<boolean> {
  return async ({ request }) => {
    const { runId } = (request.body ?? {}) as { readonly runId?: unknown };
    if (typeof runId !== 'string' || !RUN_ID.test(runId)) return false;
    return (await runs.summary(runId))?.unsaved !== undefined;
  };
}
