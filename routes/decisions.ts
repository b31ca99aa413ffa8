import { toRequester } from '../lib/auth/requester.js';
import type { Handlers } from './handler.js';
import { ok } from './reply.js';
import type { RouterDependencies } from './router-dependencies.js';
import { toRunLocation } from './run-location.js';

/** What a person decides about a run. */
export function createDecisionRoutes({
  decisions,
  service,
}: Pick<RouterDependencies, 'decisions' | 'service'>): Handlers<
  'approveRun' | 'rejectRun' | 'revertRun' | 'cancelRun'
> {
  return {
    approveRun: async ({ request, principal, input }) => {
      const { runId } = await decisions.approve(input, toRequester(principal));
      return ok({ message: 'Approval_in_progress' }, toRunLocation(request, runId));
    },
    revertRun: async ({ request, principal, input }) => {
      const { runId } = await decisions.revert(input.runId, toRequester(principal));
      return ok({ message: 'Revert_in_progress' }, toRunLocation(request, runId));
    },
    rejectRun: async ({ principal, input }) => {
      await decisions.reject(input, toRequester(principal));
      return ok({ message: 'Run_rejected' });
    },
    cancelRun: async ({ request, principal, input: { runId } }) => {
      await service.cancel(runId, toRequester(principal));
      return ok({ message: 'Cancel_requested' }, toRunLocation(request, runId));
    },
  };
}
