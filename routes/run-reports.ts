import { isDry } from '../lib/sync/run/run-kinds.js';
import type { Handle, Handlers } from './handler.js';
import { ok, refused } from './reply.js';
import type { RouterDependencies } from './router-dependencies.js';
import { toGone } from './to-gone.js';
import { toChangeBody, toExcerptBody, toSummaryBody } from './run-body.js';

type Dependencies = Pick<RouterDependencies, 'runs' | 'history' | 'findKnownAccounts'>;

/** The reports of runs, and what they did person by person. */
export function createRunReports(
  dependencies: Dependencies,
): Handlers<'runInfo' | 'listRuns' | 'runChanges' | 'userHistory'> {
  const { runs } = dependencies;
  return {
    runInfo: async ({ input: { runId, ...page } }) => {
      const run = await runs.excerpt(runId, page);
      return run ? ok({ run: toExcerptBody(run), ...page }) : refused('Run not found');
    },

    listRuns: async ({ input: { offset, count } }) => {
      const { runs: page, total } = await runs.list({ offset, count });
      return ok({ runs: page.map(toSummaryBody), count: page.length, offset, total });
    },

    runChanges: createRunChanges(dependencies),
    userHistory: createUserHistory(dependencies),
  };
}

function createRunChanges({ runs, history, findKnownAccounts }: Dependencies): Handle<'runChanges'> {
  return async ({ response, input: { runId, outcome, text, ...page } }) => {
    const run = (await runs.origins([runId])).get(runId);
    if (!run) return refused('Run not found');
    const signal = toGone(response);
    const { rows, total, nextOffset } = await history.ofRun(runId, { outcome, text, ...page, signal });
    const accounts = await findKnownAccounts(rows.flatMap(({ userId }) => userId ?? []));
    return ok({
      changes: rows.map((row) => toChangeBody(row, isDry(run.kind), accounts.get(row.userId ?? ''))),
      count: rows.length,
      offset: page.offset,
      ...(nextOffset === undefined ? {} : { nextOffset }),
      total,
    });
  };
}

function createUserHistory({ runs, history }: Pick<Dependencies, 'runs' | 'history'>): Handle<'userHistory'> {
  return async ({ input: { userId, ...page } }) => {
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
  };
}
