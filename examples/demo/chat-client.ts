import type { AttentionRow, RunReport } from '../../lib/index.js';
import { createCall, type SecondFactorCode } from './call.js';

/** A report as it comes over HTTP: its times are ISO texts, and of `attention` there are the first rows. */
export type RunInfo = Omit<RunReport, 'startedAt' | 'finishedAt'> & {
  readonly startedAt: string;
  readonly finishedAt?: string;
  readonly attentionCount: number;
};

/** A row of `ldap.runChanges`, as far as the demo shows it. */
export interface ChangeInfo {
  readonly id: string;
  readonly kind: string;
  readonly state: 'waiting' | 'done' | 'skipped';
  readonly username?: string;
  readonly name?: string;
  readonly dn?: string;
}

/** The answer of `ldap.explainUser`, as far as the demo shows it. */
export interface ExplanationInfo {
  readonly match: { readonly explanation: string; readonly remedy?: string };
  readonly guard: { readonly explanation: string };
  readonly user: { readonly username?: string; readonly active: boolean } | null;
}

/** What is decided about a run; without `rows`, about all of its list. */
export interface Deciding {
  readonly runId: string;
  readonly rows?: readonly string[];
}

/** Most rows that the server gives at a time. */
const PAGE_ROWS = 100;

/** A signed-in administrator's view of the chat server, over HTTP as a script would do it. */
export interface ChatClient {
  readonly userId: string;
  readonly authToken: string;
  /** Starts a sync; the URL where it can be watched. */
  syncNow(factor: SecondFactorCode): Promise<string>;
  /** `approveRun` and `revertRun` start a run; the URL where it can be watched. */
  start(verb: 'approveRun' | 'revertRun', deciding: Deciding, factor: SecondFactorCode): Promise<string>;
  rejectRun(deciding: Deciding, factor: SecondFactorCode): Promise<void>;
  readRun(location: string): Promise<RunInfo>;
  /** Everybody who needs a human, page by page. */
  readAttention(location: string): Promise<readonly AttentionRow[]>;
  /** Who is switched off by a run, or would be: the first hundred. */
  readDeactivations(runId: string): Promise<readonly ChangeInfo[]>;
  explain(username: string): Promise<ExplanationInfo>;
  /** The id of the change, by which it is taken back. */
  changeSettings(settings: Readonly<Record<string, unknown>>, factor: SecondFactorCode): Promise<string>;
  restoreSettings(changeId: string, factor: SecondFactorCode): Promise<void>;
}

/** Signs in. Every method throws with the server's own words when it is refused. */
export async function signIn(
  url: string,
  credentials: { readonly username: string; readonly password: string },
): Promise<ChatClient> {
  const login = await createCall(`${url}/api/v1`, {}).post('login', {
    user: credentials.username,
    password: credentials.password,
  });
  const { userId, authToken } = login.body.data as { userId: string; authToken: string };
  const { get, post } = createCall(`${url}/api/v1`, { 'X-User-Id': userId, 'X-Auth-Token': authToken });

  async function start(verb: string, body: object | undefined, factor: SecondFactorCode): Promise<string> {
    const { location } = await post(`ldap.${verb}`, body, factor);
    if (location === undefined) throw new Error(`ldap.${verb} answered without a Location.`);
    return new URL(location, url).href;
  }

  return {
    userId,
    authToken,
    syncNow: (factor) => start('syncNow', undefined, factor),
    start,
    async rejectRun(deciding, factor) {
      await post('ldap.rejectRun', deciding, factor);
    },
    readRun: async (location) => (await get(location)).run as RunInfo,
    async readAttention(location) {
      const rows: AttentionRow[] = [];
      for (;;) {
        const page = `${location}&count=${PAGE_ROWS}&offset=${rows.length}`;
        const { attention } = (await get(page)).run as RunInfo;
        rows.push(...attention);
        if (attention.length < PAGE_ROWS) return rows;
      }
    },
    async readDeactivations(runId) {
      const { changes } = await get(`ldap.runChanges?runId=${runId}&outcome=deactivated&count=${PAGE_ROWS}`);
      return changes as readonly ChangeInfo[];
    },
    explain: async (username) =>
      (await get(`ldap.explainUser?username=${encodeURIComponent(username)}`)) as unknown as ExplanationInfo,
    changeSettings: async (settings, factor) =>
      (await post('ldap.settings', { settings }, factor)).body.revision as string,
    async restoreSettings(changeId, factor) {
      await post('ldap.restoreSettings', { changeId }, factor);
    },
  };
}
