import type { Connection, PipelineStage } from 'mongoose';
import { syncRunCollection, type SyncRunRecord } from '../../../models/sync-run.js';
import {
  isUnderWay,
  type Page,
  type RunExcerpt,
  type RunKind,
  type RunOrigin,
  type RunReport,
  type RunState,
  type RunSummary,
} from '../../../models/run-report.js';
import { findCutOffApplication } from './cut-off-application.js';
import { kindsWhere } from './run-kinds.js';
import { COUNTS, INTERNAL, SUMMARY, toList } from './summary-stages.js';

/** Reads reports. Only `get` reads the lists of a report as a whole; they may be megabytes. */
export interface RunReader {
  get(runId: string): Promise<RunReport | undefined>;
  summary(runId: string): Promise<RunSummary | undefined>;
  /** `page` is a part of `attention` and the same part of `problems`. */
  excerpt(runId: string, page: Page): Promise<RunExcerpt | undefined>;
  /** A run whose report has been deleted is missing. */
  origins(runIds: readonly string[]): Promise<ReadonlyMap<string, RunOrigin>>;
  /** Newest first. */
  list(page: Page): Promise<{ readonly runs: readonly RunSummary[]; readonly total: number }>;
  /**
   * The newest sync whose list of removals was done or waits for a decision, of those that started after
   * `since`.
   */
  newestSync(since?: Date): Promise<RunSummary | undefined>;
  /** The newest of all but those that happen every few minutes. */
  newest(): Promise<RunSummary | undefined>;
  newestOf(kind: RunKind): Promise<RunSummary | undefined>;
  /** The newest that a directory server has answered, by the saved settings. */
  newestAnswered(): Promise<RunSummary | undefined>;
  /** The sync whose held list waits for a decision; `undefined` when nothing waits. */
  undecided(): Promise<RunSummary | undefined>;
  /**
   * The application of a preview that has saved its settings and was cut off before its removals were done, if nothing
   * was decided since.
   */
  cutOffApplication(): Promise<string | undefined>;
  /**
   * The attributes of `LDAP_Active_State_Attributes` that need no decision any more, as the newest run says
   * that has any.
   */
  stateAttributes(): Promise<readonly string[]>;
  /** The newest sync that was completed, or left nothing undone but what needs a decision. */
  lastSuccess(): Promise<RunSummary | undefined>;
}

/** A run that is stored as queued or running. */
export interface GoingRun {
  readonly _id: string;
  readonly kind: RunKind;
  readonly state: RunState;
}

interface Dependencies {
  readonly connection: Connection;
  /** Whether the host of a run that has not ended is alive. */
  readonly isGoing: (run: GoingRun) => Promise<boolean>;
  /** Marks the run as interrupted, unless its state has changed by now. */
  readonly markInterrupted: (run: GoingRun) => Promise<void>;
}

type Stored<T extends { readonly kind: RunKind }> = Omit<T, 'kind'> & Pick<SyncRunRecord, 'kind'>;

const NEWEST_FIRST = { startedAt: -1, _id: -1 } as const;
export function createRunReader({ connection, isGoing, markInterrupted }: Dependencies): RunReader {
  const runs = () => syncRunCollection(connection);

  async function find<T extends { kind: RunKind }>(pipeline: PipelineStage[]): Promise<T | undefined> {
    const [found] = (await runs().aggregate(pipeline).toArray()) as unknown as Stored<T>[];
    return found && withKind<T>(found);
  }

  /** A run that is stored as going although its host is gone is marked as interrupted first. */
  async function readTruly<T extends GoingRun>(read: () => Promise<T | undefined>): Promise<T | undefined> {
    const run = await read();
    if (!run || !isUnderWay(run.state) || (await isGoing(run))) return run;
    await markInterrupted(run);
    return read();
  }

  const readSummary = (runId: string): Promise<RunSummary | undefined> =>
    readTruly(() => find([{ $match: { _id: runId } }, ...SUMMARY]));

  const findNewest = (wanted: object): Promise<RunSummary | undefined> =>
    find([{ $match: wanted }, { $sort: NEWEST_FIRST }, { $limit: 1 }, ...SUMMARY]);

  async function readNewest(wanted: object): Promise<RunSummary | undefined> {
    const run = await findNewest(wanted);
    return run && readSummary(run._id);
  }

  function newestSync(since?: Date): Promise<RunSummary | undefined> {
    const isLooked = { $or: [{ state: 'completed', weighed: { $ne: false } }, HELD] };
    const isLater = since ? { startedAt: { $gt: since } } : {};
    return findNewest({ ...DECIDING, ...isLooked, ...isLater });
  }

  return {
    get: (runId) => readTruly(() => find([{ $match: { _id: runId } }])),

    summary: readSummary,

    excerpt(runId, { offset, count }) {
      const toPart = (field: string): object => ({ $slice: [toList(field), offset, count] });
      const parts = { attention: toPart('attention'), problems: toPart('problems') };
      const cut = [{ $match: { _id: runId } }, { $set: COUNTS }, { $set: parts }, { $unset: INTERNAL }];
      return readTruly(() => find(cut));
    },

    async origins(runIds) {
      const found = await runs()
        .find({ _id: { $in: [...runIds] } }, { projection: { kind: 1, requestedBy: 1, state: 1 } })
        .toArray();
      const origins = new Map<string, RunOrigin>();
      for (const run of found) {
        const { kind = 'sync', requestedBy, state } = isUnderWay(run.state) ? await refreshed(run) : run;
        origins.set(run._id, { kind, requestedBy, state });
      }
      return origins;
    },

    async list({ offset, count }) {
      const [page, total] = await Promise.all([
        runs()
          .aggregate([{ $sort: NEWEST_FIRST }, { $skip: offset }, { $limit: count }, ...SUMMARY])
          .toArray(),
        runs().countDocuments(),
      ]);
      return { runs: (page as unknown as Stored<RunSummary>[]).map((run) => withKind(run)), total };
    },

    newestSync,

    newest: () => readNewest({ kind: { $nin: [...ROUTINE] } }),

    newestOf: (kind) => readNewest(ofKinds([kind])),

    newestAnswered: () => findNewest({ server: { $exists: true }, kind: { $ne: 'trial' } }),

    async stateAttributes() {
      const run = await runs().findOne(
        { stateAttributes: { $exists: true } },
        { sort: NEWEST_FIRST, projection: { stateAttributes: 1 } },
      );
      return run?.stateAttributes ?? [];
    },

    async undecided() {
      const run = await newestSync();
      return run?.state === 'held' && run.decision === undefined ? run : undefined;
    },

    cutOffApplication: async () => findCutOffApplication(connection, (await newestSync())?.startedAt),

    lastSuccess: () => findNewest({ ...DECIDING, $or: [{ state: 'completed' }, WAITING_ONLY] }),
  };

  async function refreshed(run: Stored<RunOrigin> & { readonly _id: string }): Promise<Stored<RunOrigin>> {
    return (await readSummary(run._id)) ?? run;
  }
}

/** The first version stored no kind; `null` finds its runs. */
export const ofKinds = (kinds: readonly RunKind[]): { readonly kind: object } => ({
  kind: { $in: kinds.includes('sync') ? [...kinds, null] : [...kinds] },
});
const ROUTINE = kindsWhere(({ isRoutine }) => isRoutine);
/** The runs that decide about all removals. */
const DECIDING = ofKinds(kindsWhere(({ decidesRemovals }) => decidesRemovals));
/** Everything was done but what waits for a decision by its nature. */
const WAITING_ONLY = { state: 'held', 'held.code': 'decision-needed' };
const HELD = { state: 'held', 'held.approvable': true };

/** The first version stored no kind. */
function withKind<T extends { readonly kind: RunKind }>(run: Stored<T>): T {
  return { ...run, kind: run.kind ?? 'sync' } as unknown as T;
}
