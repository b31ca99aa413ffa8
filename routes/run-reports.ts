import type { Request } from 'express';
import type { RunReport } from '../lib/sync/report.js';
import type { Call } from './checks.js';
import type { RouterDependencies } from './router-dependencies.js';
import { invalidParameters, ok, refused, type Reply } from './reply.js';

const RUN_ID = /^[0-9A-Za-z]{17}$/;
const DEFAULT_COUNT = 25;
const MAX_COUNT = 100;
const MAX_OFFSET = 1_000_000;

/** `GET ldap.runInfo` and `GET ldap.listRuns`. */
export function createRunReports({ runs }: Pick<RouterDependencies, 'runs'>) {
  return {
    async runInfo({ request }: Call): Promise<Reply> {
      const runId = parameter(request, 'runId');
      if (runId === undefined || !RUN_ID.test(runId)) return invalidParameters('runId must be the 17 characters of a run id');
      const run = await runs.get(runId);
      return run ? ok({ run: toBody(run) }) : refused('Run not found');
    },

    async listRuns({ request }: Call): Promise<Reply> {
      const count = toNumber(parameter(request, 'count'), DEFAULT_COUNT, { min: 1, max: MAX_COUNT });
      const offset = toNumber(parameter(request, 'offset'), 0, { min: 0, max: MAX_OFFSET });
      if (count === undefined) return invalidParameters(`count must be a number from 1 to ${MAX_COUNT}`);
      if (offset === undefined) return invalidParameters(`offset must be a number from 0 to ${MAX_OFFSET}`);
      const { runs: page, total } = await runs.list({ offset, count });
      return ok({ runs: page.map(toBody), count: page.length, offset, total });
    },
  };
}

/** A query parameter as text. The host decides how a query is parsed, so whatever is no text is left to the caller's check. */
function parameter(request: Request, name: string): string | undefined {
  const value: unknown = request.query[name];
  return value === undefined ? undefined : typeof value === 'string' ? value : '\0';
}

function toNumber(text: string | undefined, fallback: number, { min, max }: { min: number; max: number }): number | undefined {
  if (text === undefined) return fallback;
  const number = /^\d{1,7}$/.test(text) ? Number(text) : Number.NaN;
  return number >= min && number <= max ? number : undefined;
}

function toBody({ _id, state, requestedBy, startedAt, finishedAt, counts, problems, attention }: RunReport): object {
  return { _id, state, requestedBy, startedAt, ...(finishedAt ? { finishedAt } : {}), counts, problems, attention };
}
