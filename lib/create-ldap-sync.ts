import type { Router } from 'express';
import { openDatabase } from '../models/database.js';
import { createDatabaseGuard } from '../routes/database-guard.js';
import { createLdapRouter } from '../routes/ldap-router.js';
import type { Principal } from './auth/principal.js';
import { createRateLimit } from './auth/rate-limit.js';
import { createReadLackingAccounts } from './auth/second-factor/lacking-accounts.js';
import { createSecondFactor } from './auth/second-factor/second-factor-policy.js';
import { createSmtpMail } from './auth/smtp-mail.js';
import { createStoredPermissions } from './auth/stored-permissions.js';
import { createStrangerLimit } from './auth/stranger-limit.js';
import { createTokenAuthentication } from './auth/token-authentication.js';
import { createDatabaseTime } from './database-time.js';
import { createDirectoryProbe } from './probe/directory-probe.js';
import { openLdapDirectory } from './directory/ldap/ldap-directory.js';
import { LATE, withinTime } from './deadline.js';
import { LdapSyncError } from './errors.js';
import { createExplainUser } from './explain/explain-user.js';
import { parseOptions, type LdapSyncOptions } from './options.js';
import { createReadSettings } from './settings/settings.js';
import { createStoredSettings } from './settings/stored-settings.js';
import { createGridFsAvatarStore } from './sync/avatars/avatar-store.js';
import { createPhotoDecoder } from './sync/avatars/photo-decoder.js';
import { createDecisions } from './sync/decisions.js';
import { createChangeHistory } from './sync/history/change-history.js';
import { createEnsureIndexes } from './sync/indexes.js';
import { LEASE_TIMES, type LeaseTimes } from './sync/run/lease.js';
import { createMongoUserStore } from './sync/users/mongo-user-store.js';
import type { RunReport } from '../models/run-report.js';
import { createRunEvents, type RunEvents } from './sync/run/run-events.js';
import { createRunLog } from './sync/run/run-log.js';
import { createSyncService } from './sync/sync-service.js';
import { createReadAdministrators } from './watch/administrators.js';
import { createHeldMail } from './watch/held-mail.js';
import { createSyncMetrics } from './watch/metrics.js';
import { createPhaseLog } from './watch/phase-log.js';
import { createReadStatus } from './watch/status.js';

/** The plugin, as a host sees it. */
export interface LdapSync {
  /** To be mounted at `/api/v1`. */
  readonly router: Router;
  /**
   * The same engine without HTTP, for a scheduler or a script. Joins a sync that is already going; waits
   * behind an approval or a revert.
   */
  sync(options?: { readonly requestedBy?: Principal }): Promise<RunReport>;
  /**
   * `run:queued`, `run:started`, `run:phase`, `run:progress`, `run:held`, `run:finished`, of the runs on this
   * host.
   */
  readonly events: RunEvents;
  /**
   * Makes the indexes now rather than at the start of the first run. Returns what stood in the way, a message
   * each.
   */
  ensureIndexes(): Promise<readonly string[]>;
  /**
   * For the host's shutdown: ends a run in flight between two pages and marks it `interrupted`; takes ten
   * seconds at most.
   */
  stop(): Promise<void>;
}

/** Who a run is recorded for when the host starts it itself. */
const HOST: Principal = { userId: 'system', username: 'system' };

/** A host that shuts down waits no longer for a run whose database or directory is silent. */
const STOP_MS = 10_000;
const STOP_REMEDY =
  'Check MongoDB and the mail server. The run is marked interrupted once its lease has expired; run ' +
  'the sync again.';

/** Reports are asked for every second while a run goes on. */
const POLLING_FACTOR = 30;

/**
 * Makes the plugin. Does no I/O. Throws `LdapSyncError` (`invalid-options`) for an unknown option or a
 * missing connection.
 *
 * @example
 * const ldapSync = createLdapSync({ connection: mongoose.connection });
 * app.use('/api/v1', ldapSync.router);
 */
export function createLdapSync(options: LdapSyncOptions): LdapSync {
  return composeLdapSync(options, LEASE_TIMES);
}

/** With a lease of other times: all hosts on one database have to agree on them, so they are no option. */
export function composeLdapSync(options: LdapSyncOptions, leaseTimes: LeaseTimes): LdapSync {
  const { connection, clock, logger, environment, ...ports } = parseOptions(options);
  const readSettings = createReadSettings(ports.settings ?? createStoredSettings(connection), environment);
  const sendMail = ports.sendMail ?? createSmtpMail({ mailUrl: environment.MAIL_URL, readSettings });
  const avatars = ports.avatarStore ?? createGridFsAvatarStore({ connection, clock });
  const ensureIndexes = createEnsureIndexes(connection, { keepsAvatars: ports.avatarStore === undefined });
  const runs = createRunLog({ connection, clock, logger, leaseTimes });
  const history = createChangeHistory(connection);
  const events = createRunEvents(logger);
  const databaseTime = createDatabaseTime(connection);
  const stopping = new AbortController();
  const decoder = createPhotoDecoder();
  if (ports.metrics) createSyncMetrics({ events, runs }, ports.metrics);
  createPhaseLog(events, logger);
  const heldMail = createHeldMail({
    events,
    sendMail,
    readRecipients: createReadAdministrators({ connection }),
    readSettings,
    clock,
    logger,
  });
  const service = createSyncService({
    connection,
    readSettings,
    openDirectory: openLdapDirectory,
    createUserStore: (lease) => createMongoUserStore(connection, lease),
    avatars,
    decoder,
    ensureIndexes,
    runs,
    history,
    events,
    clock,
    logger,
  });
  const decisions = createDecisions({ runs, service, clock });
  const explainUser = createExplainUser({
    readSettings,
    openDirectory: openLdapDirectory,
    // It only reads, so it needs no lease.
    createUserReads: () =>
      createMongoUserStore(connection, { id: '', fence: 0, mayWrite: mayNotWrite, writableMs: mayNotWrite }),
    history,
    runs,
    decoder,
    clock,
  });

  return named({
    router: createLdapRouter({
      databaseGuard: createDatabaseGuard({ connection, logger }),
      authenticate:
        ports.authenticate ?? createTokenAuthentication({ connection, readSettings, databaseTime }),
      authorize: ports.authorize ?? createStoredPermissions({ connection }),
      strangerLimit: createStrangerLimit(readSettings),
      rateLimit: createRateLimit({ readSettings }),
      pollingRateLimit: createRateLimit({ readSettings, factor: POLLING_FACTOR }),
      verifySecondFactor: createSecondFactor({ connection, readSettings, sendMail, databaseTime, logger }),
      probe: createDirectoryProbe({ readSettings, openDirectory: openLdapDirectory }),
      readSettings,
      service,
      decisions,
      explainUser,
      history,
      runs,
      readStatus: createReadStatus({
        runs,
        readSettings,
        readAccounts: createReadLackingAccounts({ connection, readSettings }),
        clock,
        logger,
        nextRunAt: ports.nextRunAt,
      }),
      logger,
      stopping: stopping.signal,
    }),
    async sync({ requestedBy = HOST } = {}) {
      openDatabase(connection);
      const { userId, username } = requestedBy;
      return service.run({
        kind: 'sync',
        requestedBy: { _id: userId, ...(username === undefined ? {} : { username }) },
      });
    },
    events,
    ensureIndexes,
    async stop() {
      const stopped = service.stop();
      // After the runs have been told: what they still had to decode was ended with them.
      decoder.close();
      stopping.abort();
      const isLate = (await withinTime(Promise.all([stopped, heldMail.settled()]), STOP_MS)) === LATE;
      if (isLate)
        logger.warn({ timeMs: STOP_MS, remedy: STOP_REMEDY }, 'The LDAP sync has not ended in time');
    },
  });
}

/** Names the mistake when the plugin itself is mounted: `app.use` looks for `handle` before anything else. */
function named(ldapSync: LdapSync): LdapSync {
  const get = (): never => {
    throw new LdapSyncError('invalid-options', 'The plugin itself was given to app.use().', {
      remedy: "Mount its router: app.use('/api/v1', ldapSync.router).",
    });
  };
  return Object.freeze(Object.defineProperty(ldapSync, 'handle', { get, enumerable: false }));
}

function mayNotWrite(): never {
  throw new LdapSyncError('lease-lost', 'Nothing is written without a lease.', {
    remedy: 'Report this as a defect.',
  });
}
