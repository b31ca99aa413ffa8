import type { AttentionRow, RunReport } from '../../lib/index.js';

/** A report as it comes over HTTP: its times are ISO texts, and of `attention` there are the first rows. */
export type RunInfo = Omit<RunReport, 'startedAt' | 'finishedAt'> & {
  readonly startedAt: string;
  readonly finishedAt?: string;
  readonly attentionCount: number;
};

/** Most rows that the server gives at a time. */
const PAGE_ROWS = 100;

export interface SecondFactorCode {
  readonly method: 'totp';
  readonly code: string;
}

/** A signed-in administrator's view of the chat server, over HTTP as a script would do it. */
export interface ChatClient {
  readonly userId: string;
  readonly authToken: string;
  /** Starts a sync; the URL where it can be watched. */
  syncNow(factor: SecondFactorCode): Promise<string>;
  readRun(location: string): Promise<RunInfo>;
  /** Everybody who needs a human, page by page. */
  readAttention(location: string): Promise<readonly AttentionRow[]>;
}

/** Signs in. Every method throws with the server's own words when it is refused. */
export async function signIn(
  url: string,
  credentials: { readonly username: string; readonly password: string },
): Promise<ChatClient> {
  const { body } = await call(`${url}/api/v1/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ user: credentials.username, password: credentials.password }),
  });
  const { userId, authToken } = body.data as { userId: string; authToken: string };
  const headers = { 'X-User-Id': userId, 'X-Auth-Token': authToken };

  return {
    userId,
    authToken,
    async syncNow({ method, code }) {
      const answer = await call(`${url}/api/v1/ldap.syncNow`, {
        method: 'POST',
        headers: { ...headers, 'x-2fa-method': method, 'x-2fa-code': code },
      });
      const location = answer.headers.get('location');
      if (location === null) throw new Error('ldap.syncNow answered without a Location.');
      return new URL(location, url).href;
    },
    async readRun(location) {
      const answer = await call(location, { headers });
      return answer.body.run as RunInfo;
    },
    async readAttention(location) {
      const rows: AttentionRow[] = [];
      for (;;) {
        const page = `${location}&count=${PAGE_ROWS}&offset=${rows.length}`;
        const { attention } = (await call(page, { headers })).body.run as RunInfo;
        rows.push(...attention);
        if (attention.length < PAGE_ROWS) return rows;
      }
    },
  };
}

async function call(
  url: string,
  init: RequestInit,
): Promise<{ readonly body: Record<string, unknown>; readonly headers: Headers }> {
  const response = await fetch(url, init);
  const body = (await response.json()) as Record<string, unknown>;
  if (!response.ok)
    throw new Error(
      `${new URL(url).pathname} answered ${response.status}: ${String(body.error ?? body.message)}`,
    );
  return { body, headers: response.headers };
}
