import type { Router } from 'express';
import { openDatabase } from '../models/database.js';
import type { RunReport } from '../models/run-report.js';
import type { Principal } from './auth/principal.js';
import { toRequester } from './auth/requester.js';
import { composeEngine } from './compose-engine.js';
import { composeRouter, type ComposeGate } from './compose-router.js';
import { composeWatchers } from './compose-watchers.js';
import { LATE, withinTime } from './deadline.js';
import { LdapSyncError } from './errors.js';
import { createPageRouter } from './page/page-router.js';
import { parseOptions, type LdapSyncOptions } from './options.js';
import { parseAutoLogout } from './settings/auto-logout.js';
import { LEASE_TIMES, type LeaseTimes } from './sync/run/lease.js';
import type { RunEvents } from './sync/run/run-events.js';

/** The plugin, as a host sees it. */
export interface LdapSync {
  /** To be mounted at `/api/v1`. */
  readonly router: Router;
  /** The admin page, to be mounted at a path of its own, such as `/ldap-sync`. */
  readonly page: Router;
  /**
   * The same engine without HTTP, for a scheduler or a script. Joins a sync that is already going; waits
   * behind an approval or a revert.
   */
  sync(options?: { readonly requestedBy?: Principal }): Promise<RunReport>;
  /**
   * Signs out people whom the directory shows as disabled by now. For a scheduler that calls it every five minutes: a sync
   * that is going is not kept waiting, and another host that does it is joined. Does nothing and resolves with
   * `undefined` while `LDAP_Enable` or `LDAP_Sync_AutoLogout_Enabled` is off.
   */
  autoLogout(): Promise<RunReport | undefined>;
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
   * Starts the schedule of the settings (`LDAP_Background_Sync_Interval` and others) on this host: from now on a
   * sync is started when it is due, once over all hosts that have called it. Off until then; calling it again does
   * nothing.
   */
  start(): void;
  /**
   * For the host's shutdown: ends the schedule, and a run in flight between two pages and marks it `interrupted`; takes ten
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

/**
 * Makes the plugin. Does no I/O. Throws `LdapSyncError` (`invalid-options`) for an unknown option or a
 * missing connection.
 *
 * @example
 * const ldapSync = createLdapSync({ connection: mongoose.connection });
 * app.use('/api/v1', ldapSync.router);
 * app.use('/ldap-sync', ldapSync.page);
 */
export function createLdapSync(options: LdapSyncOptions): LdapSync {
  return composeLdapSync(options, LEASE_TIMES);
}

/**
 * With a lease of other times: all hosts on one database have to agree on them, so they are no option. With another
 * gate the endpoints ask other questions of who calls, which a host must not be able to do by mistake.
 */
export function composeLdapSync(
  options: LdapSyncOptions,
  leaseTimes: LeaseTimes,
  gate?: ComposeGate,
): LdapSync {
  const resolved = parseOptions(options);
  const { connection, logger } = resolved;
  const engine = composeEngine(resolved, leaseTimes);
  const { service, events, indexes, scheduler } = engine;
  const { heldMail } = composeWatchers(resolved, engine);
  const stopping = new AbortController();

  return named({
    router: composeRouter(resolved, engine, { stopping: stopping.signal, ...(gate ? { gate } : {}) }),
    page: createPageRouter(resolved.page),
    async sync({ requestedBy = HOST } = {}) {
      openDatabase(connection);
      return service.run({ kind: 'sync', requestedBy: toRequester(requestedBy) });
    },
    async autoLogout() {
      openDatabase(connection);
      if (!parseAutoLogout(await engine.readSettings()).isOn) return undefined;
      return service.run({ kind: 'auto-logout', requestedBy: toRequester(HOST) });
    },
    events,
    ensureIndexes: indexes.ensure,
    start() {
      if (stopping.signal.aborted)
        throw new LdapSyncError('run-stopped', 'The host is shutting down.', {
          remedy: 'Start before stop().',
        });
      scheduler.start();
    },
    async stop() {
      const stopped = Promise.all([scheduler.stop(), service.stop()]);
      // After the runs have been told: what they still had to decode was ended with them.
      engine.decoder.close();
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
