import { SYNC_PERMISSION } from '../lib/auth/sync-permission.js';
import { createApplyPlanRoute } from './apply-plan.js';
import { createCheckLists } from './check-lists.js';
import type { Call, Check } from './checks.js';
import { createDecisionRoutes } from './decisions.js';
import type { Endpoint } from './endpoints/endpoint.js';
import { ENDPOINTS, type EndpointName } from './endpoints/endpoints.js';
import { createExplainUserRoute } from './explain-user.js';
import type { Handlers } from './handler.js';
import { createPhotoRoute } from './photo.js';
import type { Answered, Reply } from './reply.js';
import type { RouterDependencies } from './router-dependencies.js';
import { createRunEventStream } from './run-events.js';
import { createRunReports } from './run-reports.js';
import { createSettingsRoutes } from './settings-routes.js';
import { createStatus } from './status.js';
import { createPreviewSync, createSyncNow, createSyncPerson } from './sync-now.js';
import { createTestRoutes } from './test-routes.js';

/** An endpoint as the router answers it. */
export interface Route extends Endpoint {
  /** In their order. */
  readonly checks: readonly Check[];
  readonly handle: (call: Call & { readonly input: unknown }) => Promise<Reply | Answered>;
}

/**
 * All endpoints, each with what a call has to pass. Nothing that changes something is done by a token alone.
 */
export function createRoutes(dependencies: RouterDependencies): readonly Route[] {
  const checks = createCheckLists(dependencies);
  const handlers = createHandlers(dependencies);
  return (Object.keys(ENDPOINTS) as EndpointName[]).map((name) => {
    const endpoint: Endpoint = ENDPOINTS[name];
    // What is read by the schema of an endpoint is what its handler takes.
    const handle = handlers[name] as Route['handle'];
    return { ...endpoint, checks: checks[endpoint.gate](name), handle };
  });
}

function createHandlers(dependencies: RouterDependencies): Handlers<EndpointName> {
  return {
    syncNow: createSyncNow(dependencies),
    syncPerson: createSyncPerson(dependencies),
    previewSync: createPreviewSync(dependencies),
    applyPlan: createApplyPlanRoute(dependencies),
    ...createDecisionRoutes(dependencies),
    ...createRunReports(dependencies),
    explainUser: createExplainUserRoute(dependencies),
    photo: createPhotoRoute(dependencies),
    status: createStatus(dependencies),
    runEvents: createRunEventStream({ ...dependencies, permission: SYNC_PERMISSION }),
    ...createSettingsRoutes(dependencies),
    ...createTestRoutes(dependencies),
  };
}
