import type { Connection } from 'mongoose';
import { createDatabaseTime } from '../../models/database-time.js';
import type { RunReport } from '../../models/run-report.js';
import { createApplyPlan } from '../../lib/configure/apply-plan.js';
import { createConfiguration, type Configuration } from '../../lib/configure/configuration.js';
import { createPlans } from '../../lib/configure/plans.js';
import type { DirectoryEntry } from '../../lib/directory/directory.js';
import { createChangeHistory } from '../../lib/sync/history/change-history.js';
import { createReadRawSettings, createReadSettings } from '../../lib/settings/settings.js';
import { createStoredSettings } from '../../lib/settings/stored-settings.js';
import { BASICS, createEngine, REQUESTER, type Engine } from './engine.js';
import { storeSettings } from './host.js';
import { createInterventions, type Interventions } from './interventions.js';
import { createMemoryDirectory, type Fault } from './memory-directory.js';
import { openTestDatabase, type TestDatabase } from './mongo.js';

type Values = Readonly<Record<string, unknown>>;

/** Previews that are applied: the engine with a directory in memory, and with settings in the database. */
export interface Planning extends Interventions {
  connection(): Connection;
  configuration(): Configuration;
  /** The engine for what has nothing to do with plans. */
  engine(): Engine;
  /** What the directory shows from now on. */
  show(entries: readonly DirectoryEntry[], fault?: Fault): void;
  /** As another program stores settings. */
  store(settings: Values): Promise<void>;
  environment: Record<string, string | undefined>;
  sync(): Promise<RunReport>;
  /** With `settings`, one with settings that are not saved. */
  preview(settings?: Values): Promise<RunReport>;
  /** Starts an application; resolves with the id of its run. */
  start(previewId: string, secrets?: Values): Promise<string>;
  /** As {@link start}, and resolves with its report. */
  apply(previewId: string, secrets?: Values): Promise<RunReport>;
  setting(id: string): Promise<unknown>;
  /** User names, and whether they are on. */
  people(): Promise<Readonly<Record<string, boolean>>>;
}

export function usePlanning(settings: Values = {}): Planning {
  let database: TestDatabase;
  let parts: ReturnType<typeof compose>;
  const shown: { entries: readonly DirectoryEntry[]; fault: Fault | undefined } = {
    entries: [],
    fault: undefined,
  };
  const environment: Planning['environment'] = {};

  beforeEach(async () => {
    database = await openTestDatabase();
    for (const name of Object.keys(environment)) environment[name] = undefined;
    await storeSettings(database.connection, { ...BASICS, ...settings });
    parts = compose(database.connection, { shown, environment });
  });
  afterEach(() => database.close());

  const collection = (name: string) => database.connection.collection(name);
  const { start, apply, ended } = {
    start: async (previewId: string, secrets: Values = {}) =>
      (await parts.applyPlan({ runId: previewId, secrets: new Map(Object.entries(secrets)) }, REQUESTER))
        .runId,
    apply: async (previewId: string, secrets?: Values) => ended(await start(previewId, secrets)),
    ended: (runId: string) => parts.ended(runId),
  };

  return {
    ...createInterventions({
      connection: () => database.connection,
      engine: () => parts.engine(),
      onceEnded: (listener) => parts.events.once('run:finished', listener),
    }),
    environment,
    connection: () => database.connection,
    configuration: () => parts.configuration,
    engine: () => parts.engine(),
    show: (entries, fault) => void Object.assign(shown, { entries, fault }),
    store: (values) => storeSettings(database.connection, values),
    sync: () => parts.service.run({ kind: 'sync', requestedBy: REQUESTER }),
    async preview(values) {
      const { trial, keep } = await parts.plans.draft(values && new Map(Object.entries(values)));
      const asked = values ? ({ kind: 'trial', trial } as const) : ({ kind: 'preview' } as const);
      return ended((await parts.service.start({ ...asked, requestedBy: REQUESTER }, keep)).runId);
    },
    start,
    apply,
    setting: async (id) =>
      (await collection('rocketchat_settings').findOne({ _id: id as never }))?.value as unknown,
    people: async () =>
      Object.fromEntries(
        (await collection('users').find({}).sort({ username: 1 }).toArray()).map(({ username, active }) => [
          username as string,
          active as boolean,
        ]),
      ),
  };
}

interface World {
  readonly shown: { readonly entries: readonly DirectoryEntry[]; readonly fault: Fault | undefined };
  readonly environment: Planning['environment'];
}

function compose(connection: Connection, { shown, environment }: World) {
  const source = createStoredSettings(connection);
  const readRaw = createReadRawSettings(source, environment);
  const place = { connection, source, readRaw, time: createDatabaseTime(connection) };
  const { of, events, runs, service } = createEngine(connection, {
    readSettings: createReadSettings(source, environment),
    openDirectory: () => Promise.resolve(createMemoryDirectory(shown.entries, shown.fault)),
  });
  const plans = createPlans(place);
  const finished = new Set<string>();
  events.on('run:finished', ({ _id }) => finished.add(_id));
  return {
    events,
    service,
    plans,
    configuration: createConfiguration(place),
    applyPlan: createApplyPlan({ runs, service, plans, history: createChangeHistory(connection) }),
    engine: () => of([], {}),
    /** Its report is there a moment before the next run may start. */
    async ended(runId: string): Promise<RunReport> {
      while (!finished.has(runId)) await new Promise((resolve) => setTimeout(resolve, 1));
      return (await runs.get(runId))!;
    },
  };
}
