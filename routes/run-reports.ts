import { isDry } from '../lib/sync/run/run-kinds.js';
import type { Request, Response } from 'express';
import { OUTCOMES } from '../models/run-report.js';
import { answering, InvalidQuery, parameter, toPage, toRunId } from './query.js';
import { ok, refused } from './reply.js';
import type { RouterDependencies } from './router-dependencies.js';
import { toChangeBody, toExcerptBody, toSummaryBody } from './run-body.js';

const MAX_TEXT = 200;
const USER_ID = /^[!-~]{1,64}$/;
/** Rows and problems that a report comes with; the rest is asked for page by page. */
export const FIRST_PAGE = { offset: 0, count: 50 } as const;

type Dependencies = Pick<RouterDependencies, 'runs' | 'history'>;

/** `GET ldap.runInfo`, `ldap.listRuns`, `ldap.runChanges` and `ldap.userHistory`. */
export function createRunReports({ runs, history }: Dependencies) {
  return {
    runInfo: answering(async ({ request }) => {
      const runId = toRunId(request);
      const page = toPage(request, FIRST_PAGE.count);
      const run = await runs.excerpt(runId, page);
      return run ? ok({ run: toExcerptBody(run), ...page }) : refused('Run not found');
    }),

    listRuns: answering(async ({ request }) => {
      const { offset, count } = toPage(request);
      const { runs: page, total } = await runs.list({ offset, count });
      return ok({ runs: page.map(toSummaryBody), count: page.length, offset, total });
    }),

    runChanges: createRunChanges({ runs, history }),
    userHistory: createUserHistory({ runs, history }),
  };
}

function createRunChanges({ runs, history }: Dependencies) {
  return answering(async ({ request, response }) => {
    const runId = toRunId(request);
    const page = toPage(request);
    const filter = toChangeFilter(request);
    const run = (await runs.origins([runId])).get(runId);
    if (!run) return refused('Run not found');
    const signal = toGone(response);
    const { rows, total, nextOffset } = await history.ofRun(runId, { ...filter, ...page, signal });
    return ok({
      changes: rows.map((row) => toChangeBody(row, isDry(run.kind))),
      count: rows.length,
      offset: page.offset,
      ...(nextOffset === undefined ? {} : { nextOffset }),
      total,
    });
  });
}

function toChangeFilter(request: Request) {
  const outcome = parameter(request, 'outcome');
  if (outcome !== undefined && !OUTCOMES.some((known) => known === outcome))
    throw new InvalidQuery(`outcome must be one of ${OUTCOMES.join(', ')}`);
  const text = parameter(request, 'text');
  if (text !== undefined && (text === '' || text.length > MAX_TEXT || text.includes('\0')))
    throw new InvalidQuery(`text must be 1 to ${MAX_TEXT} characters`);
  return { outcome, text };
}

function createUserHistory({ runs, history }: Dependencies) {
  return answering(async ({ request }) => {
    const userId = parameter(request, 'userId');
    if (userId === undefined || !USER_ID.test(userId))
      throw new InvalidQuery('userId must be the _id of a user');
    const page = toPage(request);
    const { runs: found, nextOffset } = await history.ofUser(userId, page);
    const origins = await runs.origins(found.map(({ runId }) => runId));
    const changes = found.flatMap(({ runId, at, rows, omitted }) => {
      const run = origins.get(runId);
      const about = {
        runId,
        at,
        ...(run ? { kind: run.kind, requestedBy: run.requestedBy } : {}),
        ...(omitted > 0 ? { omitted } : {}),
      };
      return rows.map((row) => ({ ...toChangeBody(row, isDry(run?.kind)), run: about }));
    });
    return ok({
      userId,
      changes,
      count: changes.length,
      offset: page.offset,
      ...(nextOffset === undefined ? {} : { nextOffset }),
    });
  });
}

/** Aborts when the client has gone before it was answered. */
function toGone(response: Response): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  return gone.signal;
}
