import { z } from 'zod';
import { toRequester } from '../lib/auth/requester.js';
import type { Requester } from '../models/run-report.js';
import { ROW_ID } from '../lib/sync/history/row-place.js';
import type { Call } from './checks.js';
import { RUN_ID } from './query.js';
import type { RouterDependencies } from './router-dependencies.js';
import { invalidParameters, ok, type Reply } from './reply.js';
import { toRunLocation } from './run-location.js';

const runBody = z.strictObject({ runId: z.string().regex(RUN_ID) });
/** Most rows that one decision names; more do not fit into a body of 64 kB, and are decided in parts. */
const MAX_ROWS = 3_000;
const listBody = z.strictObject({
  runId: z.string().regex(RUN_ID),
  rows: z.array(z.string().regex(ROW_ID)).min(1).max(MAX_ROWS).optional(),
});

const approvalBody = listBody.extend({ mail: z.boolean().optional() });

type Decide<Asked> = (asked: Asked, by: Requester, call: Call) => Promise<Reply>;

/** A body, and what to say when it is another. */
interface Body<Asked> {
  readonly schema: z.ZodType<Asked>;
  readonly demand: string;
}

const RUN_BODY = {
  schema: runBody,
  demand: 'The body must be {"runId": "…"} with the 17 characters of a run id, and nothing else',
};
const MAY_HAVE_ROWS =
  'The body must be {"runId": "…"} with the 17 characters of a run id, and may have "rows", a list of ' +
  `1 to ${MAX_ROWS} ids of rows of ldap.runChanges`;
const LIST_BODY = { schema: listBody, demand: `${MAY_HAVE_ROWS}, and nothing else` };
const APPROVAL_BODY = {
  schema: approvalBody,
  demand: `${MAY_HAVE_ROWS}, and "mail", which is true or false, and nothing else`,
};

function about<Asked>({ schema, demand }: Body<Asked>, decide: Decide<Asked>) {
  return async (call: Call): Promise<Reply> => {
    const parsed = schema.safeParse(call.request.body);
    if (!parsed.success) return invalidParameters(demand);
    return decide(parsed.data, toRequester(call.principal), call);
  };
}

/**
 * `POST ldap.approveRun`, `ldap.rejectRun`, `ldap.revertRun`, `ldap.cancelRun`: what a person decides about a
 * run.
 */
export function createDecisionRoutes({
  decisions,
  service,
}: Pick<RouterDependencies, 'decisions' | 'service'>) {
  const aboutRun = (decide: Decide<string>) =>
    about(RUN_BODY, ({ runId }, by, call) => decide(runId, by, call));

  return {
    approveRun: about(APPROVAL_BODY, async (asked, by, { request }) =>
      ok(
        { message: 'Approval_in_progress' },
        toRunLocation(request, (await decisions.approve(asked, by)).runId),
      ),
    ),
    revertRun: aboutRun(async (runId, by, { request }) =>
      ok(
        { message: 'Revert_in_progress' },
        toRunLocation(request, (await decisions.revert(runId, by)).runId),
      ),
    ),
    rejectRun: about(LIST_BODY, async (asked, by) => {
      await decisions.reject(asked, by);
      return ok({ message: 'Run_rejected' });
    }),
    cancelRun: aboutRun(async (runId, by, { request }) => {
      await service.cancel(runId, by);
      return ok({ message: 'Cancel_requested' }, toRunLocation(request, runId));
    }),
  };
}
