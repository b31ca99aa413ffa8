import { openCollection } from '../../models/database.js';
import type { DirectoryEntry } from '../../lib/directory/directory.js';
import type { ChangeRow } from '../../models/change-row.js';
import type { SyncDependencies } from '../../lib/sync/run-dependencies.js';
import type { RunReport } from '../../models/run-report.js';
import { createEngine, type Engine } from './engine.js';
import { toEntry } from './entries.js';
import { createInterventions, type Interventions } from './interventions.js';
import { BASE } from './memory-directory.js';
import { openTestDatabase, type TestDatabase } from './mongo.js';

export type Values = Readonly<Record<string, string | Buffer | readonly string[]>>;
export type Entries = readonly DirectoryEntry[];
export type Settings = Readonly<Record<string, unknown>>;
type Stored = Readonly<Record<string, unknown>>;

export const toPerson = (name: string, values: Values = {}, base = BASE): DirectoryEntry =>
  toEntry(`cn=${name},${base}`, {
    entryUUID: `id-${name}`,
    uid: name,
    cn: 'Somebody',
    mail: `${name}@x.org`,
    ...values,
  });

/** `p0`, `p1`, … */
export const many = (count: number, values: (index: number) => Values = () => ({})): DirectoryEntry[] =>
  Array.from({ length: count }, (_, index) => toPerson(`p${index}`, values(index)));

/** `name0`, `name1`, … */
export const manyCalled = (name: string, count: number, values: Values = {}): DirectoryEntry[] =>
  Array.from({ length: count }, (_, index) => toPerson(`${name}${index}`, values));

/** A user whom an earlier run linked. */
export const toLinkedUser = (name: string, ldap: object, fields: object = {}) =>
  ({
    _id: name as never,
    username: name,
    name,
    type: 'user',
    active: true,
    roles: ['user'],
    ldap: true,
    createdAt: new Date(0),
    emails: [{ address: `${name}@x.org`, verified: true }],
    services: { ldap },
    ...fields,
  }) as const;

/** An id as it is stored. */
export const hex = (text: string): string => Buffer.from(text).toString('hex');

/**
 * What happens to people in run after run: the whole engine, over a directory in memory and a database of its
 * own for each test.
 */
export interface Histories extends Interventions {
  database(): TestDatabase;
  engine(entries: Entries, settings?: Settings): Engine;
  sync(entries: Entries, settings?: Settings): Promise<RunReport>;
  revert(runId: string): Promise<RunReport>;
  /** Fails when the two do not say the same. */
  previewThenRun(entries: Entries, settings?: Settings): Promise<RunReport>;
  changes(runId: string): Promise<readonly ChangeRow[]>;
  collection(name: string): ReturnType<TestDatabase['connection']['collection']>;
  user(username: string): Promise<Stored | null>;
  set(username: string, fields: object): Promise<unknown>;
  addressesOf(username: string): Promise<string>;
  /** Who is called what now, by the name of the first day: everybody's id in the directory says it. */
  namesNow(): Promise<Readonly<Record<string, string>>>;
  /** What removals are about, of everybody. */
  people(): Promise<readonly object[]>;
}

/** For the suite it is called in. */
export function useHistories(others: Partial<SyncDependencies> = {}): Histories {
  let database: TestDatabase;
  let engine: ReturnType<typeof createEngine>;
  beforeEach(async () => {
    database = await openTestDatabase();
    engine = createEngine(database.connection, others);
  });
  afterEach(() => database.close());

  // The very object that the engine uses, so that a test can stand between the two.
  const collection: Histories['collection'] = (name) => openCollection(database.connection, name) as never;
  const users = () => collection('users');

  const interventions = createInterventions({
    connection: () => database.connection,
    engine: () => engine.of([], {}),
    onceEnded: (listener) => engine.events.once('run:finished', listener),
  });

  const histories: Histories = {
    ...interventions,
    database: () => database,
    engine: (entries, settings = {}) => engine.of(entries, settings),
    sync: (entries, settings = {}) => engine.of(entries, settings).sync(),
    revert: (runId) => engine.of([], {}).revert(runId),
    changes: (runId) => engine.of([], {}).changes(runId),
    collection,
    user: (username) => users().findOne({ username }),
    set: (username, fields) => users().updateOne({ username }, { $set: fields }),
    async namesNow() {
      const linked = await users().find({ ldap: true }).toArray();
      return Object.fromEntries(
        linked.map(({ username, services }) => [
          Buffer.from((services as { ldap: { id: string } }).ldap.id, 'hex')
            .toString()
            .slice('id-'.length),
          username as string,
        ]),
      );
    },
    people: async () =>
      (await users().find({}).sort({ _id: 1 }).toArray()).map(
        ({ username, emails, active, sipExtension, ldapSync }) => ({
          username,
          emails,
          active,
          sipExtension,
          ldapSync,
        }),
      ),

    async previewThenRun(entries, settings = {}) {
      const preview = await engine.of(entries, settings).preview();
      const run = await histories.sync(entries, settings);
      const rows = async (runId: string) =>
        (await histories.changes(runId)).map(({ kind, outcome, state, username, fields, reason }) => ({
          kind,
          outcome,
          state,
          username,
          fields,
          reason,
        }));
      expect({ state: preview.state, counts: preview.counts, rows: await rows(preview._id) }).toEqual({
        state: run.state,
        counts: run.counts,
        rows: await rows(run._id),
      });
      return run;
    },

    async addressesOf(username) {
      const { emails = [] } = ((await histories.user(username)) ?? {}) as { emails?: { address: string }[] };
      return emails.map(({ address }) => address).join(' ');
    },
  };
  return histories;
}
