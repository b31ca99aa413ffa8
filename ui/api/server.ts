import type {
  ChangePage,
  Explanation,
  ReportPage,
  RunPage,
  SettingsChange,
  Status,
} from './further-answers.js';
import type { AskedBy, Outcome, Run } from './answers.js';
import type {
  GivenValues,
  HistoryEntry,
  SettingsPage,
  SettingsSaved,
  Suggestion,
} from './settings-answers.js';
import type { SectionReports, Tested } from './test-answers.js';
import { createClient, type ClientOptions } from '../../client/index.js';

export interface Options {
  readonly signal?: AbortSignal;
}
interface Started {
  readonly runId: string;
}
interface Decided {
  readonly runId: string;
  readonly rows?: string[];
}
export interface AskedPerson {
  readonly by: AskedBy;
  readonly text: string;
}
export interface AskedChanges {
  readonly runId: string;
  readonly offset?: number;
  readonly count?: number;
  readonly outcome?: Outcome;
  readonly text?: string;
}

/** A picture: of a user, or of an entry whose DN is given; with `sha256` no other than that one. */
export interface AskedPhoto {
  readonly which: 'chat' | 'directory';
  readonly userId?: string;
  readonly dn?: string;
  readonly sha256?: string;
}

interface HistoryPage {
  readonly changes: readonly HistoryEntry[];
}
interface TestAnswer {
  readonly sections: SectionReports;
}
interface AskedTest {
  readonly settings?: GivenValues | undefined;
  readonly sections: readonly Tested[];
}

/** What the page asks of the server: as much of the client as it shows, with the shapes that it relies on. */
export interface Server {
  status(options?: Options): Promise<Status>;
  runs(page: { readonly offset: number; readonly count: number }, options?: Options): Promise<RunPage>;
  run(asked: { readonly runId: string; readonly count?: number }, options?: Options): Promise<ReportPage>;
  changes(asked: AskedChanges, options?: Options): Promise<ChangePage>;
  photo(asked: AskedPhoto, options?: Options): Promise<Blob>;
  explain(asked: AskedPerson, options?: Options): Promise<Explanation>;
  settingsHistory(options?: Options): Promise<{ readonly changes: readonly SettingsChange[] }>;
  settings(options?: Options): Promise<SettingsPage>;
  history(page: { readonly offset: number; readonly count: number }, options?: Options): Promise<HistoryPage>;
  save(asked: { readonly settings: GivenValues; readonly revision?: string | null }): Promise<SettingsSaved>;
  restore(asked: {
    readonly changeId: string;
    readonly secrets?: GivenValues;
    readonly revision?: string | null;
  }): Promise<SettingsSaved>;
  test(asked: AskedTest): Promise<TestAnswer>;
  suggest(settings: GivenValues | undefined): Promise<Suggestion>;
  previewWith(settings: GivenValues): Promise<Started>;
  apply(asked: { readonly runId: string; readonly secrets?: GivenValues }): Promise<Started>;
  sync(): Promise<Started>;
  syncPerson(asked: AskedPerson): Promise<Started>;
  preview(): Promise<Started>;
  approve(decided: Decided & { readonly mail?: boolean }): Promise<Started>;
  reject(decided: Decided): Promise<unknown>;
  revert(runId: string): Promise<Started>;
  cancel(runId: string): Promise<unknown>;
  /** The report of a run as it goes on; ends with the run. */
  watch(runId: string, options?: Options): AsyncIterable<Run>;
}

export function createServer(options: ClientOptions): Server {
  const client = createClient(options);
  return {
    status: (options) => client.status(options),
    runs: (page, options) => client.listRuns(page, options),
    run: (asked, options) => client.runInfo(asked, options),
    changes: (asked, options) => client.runChanges(asked, options),
    photo: (asked, options) => client.photo(asked, options),
    explain: ({ by, text }, options) => client.explainUser({ [by]: text }, options),
    settingsHistory: (options) => client.settingsHistory({ count: 100 }, options),
    settings: async (options) => await client.settings(options),
    history: (page, options) => client.settingsHistory(page, options),
    save: (asked) => client.changeSettings(asked),
    restore: (asked) => client.restoreSettings(asked),
    test: async (asked) => await client.testSettings({ ...asked, sections: [...asked.sections] }),
    suggest: async (settings) => await client.suggestSettings(settings && { settings }),
    previewWith: (settings) => client.previewSync({ settings }),
    apply: (asked) => client.applyPlan(asked),
    sync: () => client.syncNow(),
    syncPerson: ({ by, text }) => client.syncPerson({ [by]: text }),
    preview: () => client.previewSync(),
    approve: (decided) => client.approveRun(decided),
    reject: (decided) => client.rejectRun(decided),
    revert: (runId) => client.revertRun({ runId }),
    cancel: (runId) => client.cancelRun({ runId }),
    async *watch(runId, options) {
      for await (const { run } of client.runEvents({ runId }, options)) yield run;
    },
  };
}
