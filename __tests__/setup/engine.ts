import type { Connection } from 'mongoose';
import type { DirectoryEntry } from '../../lib/directory/directory.js';
import { createReadSettings, type SettingsSource } from '../../lib/settings/settings.js';
import { createGridFsPhotoFiles } from '../../lib/sync/avatars/gridfs-photo-files.js';
import { createPhotoDecoder } from '../../lib/sync/avatars/photo-decoder.js';
import type { IdentifiedRow } from '../../lib/sync/history/read-account.js';
import { createDecisions } from '../../lib/sync/decisions.js';
import { createChangeHistory, type ChangeHistory } from '../../lib/sync/history/change-history.js';
import type { ChangesOfRun } from '../../lib/sync/history/user-history.js';
import { createIndexes } from '../../lib/sync/indexes.js';
import { createMongoUserStore } from '../../lib/sync/users/mongo-user-store.js';
import type { RunReport } from '../../models/run-report.js';
import { createRunEvents, type RunEvents } from '../../lib/sync/run/run-events.js';
import { createRunLog, type RunLog } from '../../lib/sync/run/run-log.js';
import type { SyncDependencies } from '../../lib/sync/run-dependencies.js';
import { createSyncService, type SyncService } from '../../lib/sync/sync-service.js';
import { silentLogger } from '../../lib/logger.js';
import { BASE, createMemoryDirectory, type Fault } from './memory-directory.js';

/** The engine of `createLdapSync`, all of it, on a directory in memory. */
export interface Engine {
  sync(fault?: Fault): Promise<RunReport>;
  preview(): Promise<RunReport>;
  autoLogout(fault?: Fault): Promise<RunReport>;
  approve(
    runId: string,
    options?: { readonly fault?: Fault; readonly rows?: readonly string[]; readonly mail?: boolean },
  ): Promise<RunReport>;
  reject(runId: string, rows?: readonly string[]): Promise<void>;
  cancel(runId: string): Promise<void>;
  revert(runId: string): Promise<RunReport>;
  run(runId: string): Promise<RunReport>;
  changes(runId: string, query?: ChangeQuery): Promise<readonly IdentifiedRow[]>;
  /** Newest run first. */
  changesOfUser(userId: string): Promise<readonly ChangesOfRun[]>;
}

/** Which rows; all where nothing is said. */
type ChangeQuery = Partial<Pick<Parameters<ChangeHistory['ofRun']>[1], 'outcome' | 'text'>>;

export const REQUESTER = { _id: 'tester', username: 'tess' } as const;

/** Small, so that a few people are several pages. */
export const PAGE_SIZE = 3;

export const BASICS = {
  LDAP_Enable: true,
  LDAP_Background_Sync: true,
  LDAP_Host: 'directory.invalid',
  LDAP_BaseDN: BASE,
  LDAP_Server_Type: '',
  LDAP_Unique_Identifier_Field: 'entryUUID',
  LDAP_Extension_Field: 'telephoneNumber',
  LDAP_Search_Page_Size: PAGE_SIZE,
} as const;

export function createEngine(
  connection: Connection,
  others: Partial<SyncDependencies> = {},
): {
  of(entries: readonly DirectoryEntry[], settings: Readonly<Record<string, unknown>>): Engine;
  readonly events: RunEvents;
  readonly service: SyncService;
  readonly runs: RunLog;
  /** As when the host shuts down. */
  stop(): Promise<void>;
} {
  let stored: ReadonlyMap<string, unknown> = new Map();
  let directory: { entries: readonly DirectoryEntry[]; fault: Fault | undefined } = {
    entries: [],
    fault: undefined,
  };
  const source: SettingsSource = { read: () => Promise.resolve(stored) };
  let time = Date.now();
  // The newest run is told by its time; two within a millisecond would have none.
  const clock = (): Date => new Date((time += 10));
  const logger = silentLogger;
  const runs = createRunLog({ connection, clock, logger });
  const history = createChangeHistory(connection);
  const events = createRunEvents(logger);
  const service = createSyncService({
    connection,
    readSettings: createReadSettings(source, {}),
    openDirectory: () => Promise.resolve(createMemoryDirectory(directory.entries, directory.fault)),
    createUserStore: () => createMongoUserStore(connection),
    files: createGridFsPhotoFiles({ connection, clock }),
    decoder: createPhotoDecoder(),
    mails: { isSetUp: () => Promise.resolve(true), send: () => Promise.resolve() },
    indexes: createIndexes(connection, { keepsAvatars: true }),
    runs,
    history,
    events,
    clock,
    logger,
    ...others,
  });
  const decisions = createDecisions({ runs, history, service, clock });

  const finished = new Set<string>();
  events.on('run:finished', ({ _id }) => finished.add(_id));

  /** Its report is there a moment before the next run may start. */
  async function ended(runId: string): Promise<RunReport> {
    while (!finished.has(runId)) await new Promise((resolve) => setTimeout(resolve, 1));
    return (await runs.get(runId))!;
  }

  return {
    events,
    service,
    runs,
    stop: () => service.stop(),
    of(entries, settings) {
      stored = new Map(Object.entries({ ...BASICS, ...settings }));
      return {
        sync(fault) {
          directory = { entries, fault };
          return service.run({ kind: 'sync', requestedBy: REQUESTER });
        },
        autoLogout(fault) {
          directory = { entries, fault };
          return service.run({ kind: 'auto-logout', requestedBy: REQUESTER });
        },
        preview() {
          directory = { entries, fault: undefined };
          return service.run({ kind: 'preview', requestedBy: REQUESTER });
        },
        async approve(runId, { fault, rows, mail } = {}) {
          directory = { entries, fault };
          return ended((await decisions.approve({ runId, rows, mail }, REQUESTER)).runId);
        },
        async revert(runId) {
          return ended((await decisions.revert(runId, REQUESTER)).runId);
        },
        cancel: (runId) => service.cancel(runId, REQUESTER),
        reject: (runId, rows) => decisions.reject({ runId, rows }, REQUESTER),
        run: async (runId) => (await runs.get(runId))!,
        changes: async (runId, query = {}) =>
          (
            await history.ofRun(runId, {
              outcome: undefined,
              text: undefined,
              offset: 0,
              count: 10_000,
              ...query,
            })
          ).rows,
        changesOfUser: async (userId) => (await history.ofUser(userId, { offset: 0, count: 10 })).runs,
      };
    },
  };
}
