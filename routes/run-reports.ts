import type { ChangeRow } from '../lib/sync/change-row.js';
import { OUTCOMES, type RunReport } from '../lib/sync/report.js';
import { answering, InvalidQuery, parameter, toPage, toRunId } from './query.js';
import { ok, refused } from './reply.js';
import type { RouterDependencies } from './router-dependencies.js';

const MAX_TEXT = 200;
const USER_ID = /^[!-~]{1,64}$/;

/** `GET ldap.runInfo`, `ldap.listRuns`, `ldap.runChanges` and `ldap.userHistory`. */
export function createRunReports({ runs, history }: Pick<RouterDependencies, 'runs' | 'history'>) {
  return {
    runInfo: answering(async ({ request }) => {
      const run = await runs.get(toRunId(request));
      return run ? ok({ run: toRunBody(run) }) : refused('Run not found');
    }),

    listRuns: answering(async ({ request }) => {
      const { offset, count } = toPage(request);
      const { runs: page, total } = await runs.list({ offset, count });
      return ok({ runs: page.map(toRunBody), count: page.length, offset, total });
    }),

    runChanges: answering(async ({ request }) => {
      const runId = toRunId(request);
      const { offset, count } = toPage(request);
      const outcome = parameter(request, 'outcome');
      if (outcome !== undefined && !OUTCOMES.some((known) => known === outcome))
        throw new InvalidQuery(`outcome must be one of ${OUTCOMES.join(', ')}`);
      const text = parameter(request, 'text');
      if (text !== undefined && (text === '' || text.length > MAX_TEXT || text.includes('\0')))
        throw new InvalidQuery(`text must be 1 to ${MAX_TEXT} characters`);
      const run = await runs.get(runId);
      if (!run) return refused('Run not found');
      const { rows, total } = await history.ofRun(runId, { outcome, text, offset, count });
      return ok({
        changes: rows.map((row) => toChangeBody(row, run.kind === 'preview')),
        count: rows.length,
        offset,
        total,
      });
    }),

    userHistory: answering(async ({ request }) => {
      const userId = parameter(request, 'userId');
      if (userId === undefined || !USER_ID.test(userId))
        throw new InvalidQuery('userId must be the _id of a user');
      const { count } = toPage(request);
      const found = await history.ofUser(userId, count);
      const reports = await Promise.all(found.map(({ runId }) => runs.get(runId)));
      const changes = found.flatMap(({ runId, at, rows }, index) => {
        const run = reports[index];
        const about = { runId, at, ...(run ? { kind: run.kind, requestedBy: run.requestedBy } : {}) };
        return rows.map((row) => ({ ...toChangeBody(row, run?.kind === 'preview'), run: about }));
      });
      return ok({ userId, changes, count: changes.length });
    }),
  };
}

export function toRunBody(run: RunReport) {
  const {
    _id,
    kind,
    state,
    of,
    requestedBy,
    startedAt,
    finishedAt,
    held,
    decision,
    revertedBy,
    counts,
    problems,
    attention,
  } = run;
  return {
    _id,
    kind,
    state,
    ...(of === undefined ? {} : { of }),
    requestedBy,
    startedAt,
    ...(finishedAt ? { finishedAt } : {}),
    ...(held ? { held } : {}),
    ...(decision ? { decision } : {}),
    ...(revertedBy === undefined ? {} : { revertedBy }),
    counts,
    problems,
    attention,
  };
}

/** In a preview nothing was done: it would be; and the id of somebody who would be created means nothing. */
export function toChangeBody(
  { kind, outcome, state, userId, username, name, dn, fields, reason }: ChangeRow,
  isPreview: boolean,
): object {
  const id = isPreview && outcome === 'created' ? undefined : userId;
  return {
    kind,
    outcome,
    state: isPreview && state === 'done' ? 'planned' : state,
    userId: id,
    username,
    name,
    dn,
    fields,
    reason,
  };
}
