import type { SettingsChanged, SettingsShown } from '../../lib/configure/configuration.js';
import type { ChangeRow, RemovalRow } from '../../models/change-row.js';
import type { Outcome, RunReport } from '../../models/run-report.js';
import type { SyncStatus } from '../../lib/watch/status.js';

/** How a value comes over HTTP: times are texts. */
export type Json<T> = T extends Date
  ? string
  : T extends readonly (infer Item)[]
    ? readonly Json<Item>[]
    : T extends object
      ? { readonly [Key in keyof T]: Json<T[Key]> }
      : T;

/** A report without its lists. */
export type RunSummary = Omit<Json<RunReport>, 'problems' | 'attention'> & {
  readonly attentionCount: number;
  readonly problemCount: number;
};
/** A report with the first rows of its lists. */
export type Run = Json<RunReport> & Pick<RunSummary, 'attentionCount' | 'problemCount'>;
export type Status = Json<SyncStatus>;
export type Settings = Json<SettingsShown>;
export type SettingRow = Settings['settings'][number];
export type Changed = Json<SettingsChanged>;

/** A row of what a run did or would do. */
export type Change = Omit<Json<ChangeRow>, 'state'> &
  Pick<RemovalRow, 'needsDecision'> & {
    readonly id: string;
    readonly state: ChangeRow['state'] | 'planned';
    readonly decided?: { readonly verdict: 'approved' | 'rejected'; readonly runId?: string };
  };

export interface ChangePage {
  readonly changes: readonly Change[];
  readonly count: number;
  readonly offset: number;
  readonly nextOffset?: number;
  readonly total: number;
}

export type SettingValues = Readonly<Record<string, boolean | number | string | null>>;

interface Started {
  readonly message: string;
  readonly runId: string;
}

interface Calling {
  readonly signal?: AbortSignal;
}

/** The calls of the API, as commands make them. */
export interface SyncClient {
  syncNow(calling?: Calling): Promise<Started>;
  previewSync(input?: { readonly settings?: SettingValues }, calling?: Calling): Promise<Started>;
  applyPlan(
    input: { readonly runId: string; readonly secrets?: Readonly<Record<string, string>> },
    calling?: Calling,
  ): Promise<Started>;
  approveRun(
    input: { readonly runId: string; readonly rows?: readonly string[]; readonly mail?: boolean },
    calling?: Calling,
  ): Promise<Started>;
  rejectRun(
    input: { readonly runId: string; readonly rows?: readonly string[] },
    calling?: Calling,
  ): Promise<object>;
  revertRun(input: { readonly runId: string }, calling?: Calling): Promise<Started>;
  cancelRun(input: { readonly runId: string }, calling?: Calling): Promise<object>;
  runInfo(input: { readonly runId: string }, calling?: Calling): Promise<{ readonly run: Run }>;
  listRuns(
    input?: { readonly offset?: number; readonly count?: number },
    calling?: Calling,
  ): Promise<{ readonly runs: readonly RunSummary[]; readonly total: number }>;
  runChanges(
    input: {
      readonly runId: string;
      readonly offset?: number;
      readonly count?: number;
      readonly outcome?: Outcome;
      readonly text?: string;
    },
    calling?: Calling,
  ): Promise<ChangePage>;
  explainUser(input: Readonly<Record<string, string>>, calling?: Calling): Promise<object>;
  status(calling?: Calling): Promise<Status>;
  settings(calling?: Calling): Promise<Settings>;
  changeSettings(
    input: { readonly settings: SettingValues; readonly revision?: string | null },
    calling?: Calling,
  ): Promise<Changed>;
  testSettings(
    input?: { readonly username?: string; readonly settings?: SettingValues },
    calling?: Calling,
  ): Promise<object>;
  runEvents(
    input: { readonly runId: string },
    calling?: Calling,
  ): AsyncIterable<
    { readonly type: 'progress'; readonly run: RunSummary } | { readonly type: 'finished'; readonly run: Run }
  >;
  suggestSettings(input: { readonly settings?: SettingValues }, calling?: Calling): Promise<object>;
}
