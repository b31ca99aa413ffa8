import request from 'supertest';
import type { ChangeRow } from '../../models/change-row.js';
import type { RunReport } from '../../models/run-report.js';
import { AUTH_HEADERS, SECOND_FACTOR, type TestHost } from './host.js';

/** Runs as JSON shows them. */
export type RunBody = Omit<RunReport, 'startedAt' | 'finishedAt'> & { readonly startedAt: string };

/** What an administrator does over HTTP, with a second factor. */
export function createAdminClient(app: TestHost['app']) {
  const post = (verb: string, body: object = {}) =>
    request(app).post(`/api/v1/ldap.${verb}`).set(AUTH_HEADERS).set(SECOND_FACTOR).send(body);
  const get = (verb: string, query: object = {}) =>
    request(app).get(`/api/v1/ldap.${verb}`).set(AUTH_HEADERS).query(query);

  async function runInfo(runId: string): Promise<RunBody> {
    return (await get('runInfo', { runId })).body.run as RunBody;
  }

  async function ended(runId: string): Promise<RunBody> {
    for (;;) {
      const run = await runInfo(runId);
      if (run.state !== 'running') return run;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  return {
    post,
    get,
    runInfo,
    /** The report of a run, once it has ended. */
    ended,

    /** Starts something and waits for the end of its run. */
    async run(
      verb: 'syncNow' | 'syncPerson' | 'previewSync' | 'approveRun' | 'revertRun',
      body: object = {},
    ): Promise<RunBody> {
      const response = await post(verb, body);
      if (response.status !== 200) throw new Error(JSON.stringify(response.body));
      return ended(/runId=(\w+)$/.exec(response.headers.location as string)?.[1] ?? '');
    },

    /** Everything a run wrote down, and nothing of what is known of accounts now. */
    async changes(runId: string, query: object = {}): Promise<ChangeRow[]> {
      const { body } = await get('runChanges', { runId, count: 100, ...query });
      return (body.changes as ChangeRow[]).map((row) => ({ ...row, account: undefined }));
    },
  };
}

export type AdminClient = ReturnType<typeof createAdminClient>;
