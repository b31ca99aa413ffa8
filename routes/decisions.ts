import { z } from 'zod';
import type { Requester } from '../models/run-report.js';
import type { Call } from './checks.js';
import { RUN_ID } from './query.js';
import type { RouterDependencies } from './router-dependencies.js';
import { invalidParameters, ok, type Reply } from './reply.js';
import { toRequester, toRunLocation } from './run-location.js';

const body = z.strictObject({ runId: z.string().regex(RUN_ID) });

/**
 * `POST ldap.approveRun`, `ldap.rejectRun`, `ldap.revertRun`, `ldap.cancelRun`: what a person decides about a
 * run.
 */
export function createDecisionRoutes({
  decisions,
  service,
}: Pick<RouterDependencies, 'decisions' | 'service'>) {
  const about =
    (decide: (runId: string, by: Requester, call: Call) => Promise<Reply>) =>
    async (call: Call): Promise<Reply> => {
      const parsed = body.safeParse(call.request.body);
      if (!parsed.success)
        return invalidParameters(
          'The body must be {"runId": "…"} with the 17 characters of a run id, and nothing else',
        );
      return decide(parsed.data.runId, toRequester(call.principal), call);
    };

  return {
    approveRun: about(async (runId, by, { request }) =>
      ok(
        { message: 'Approval_in_progress' },
        toRunLocation(request, (await decisions.approve(runId, by)).runId),
      ),
    ),
    revertRun: about(async (runId, by, { request }) =>
      ok(
        { message: 'Revert_in_progress' },
        toRunLocation(request, (await decisions.revert(runId, by)).runId),
      ),
    ),
    rejectRun: about(async (runId, by) => {
      await decisions.reject(runId, by);
      return ok({ message: 'Run_rejected' });
    }),
    cancelRun: about(async (runId, by, { request }) => {
      await service.cancel(runId, by);
      return ok({ message: 'Cancel_requested' }, toRunLocation(request, runId));
    }),
  };
}
