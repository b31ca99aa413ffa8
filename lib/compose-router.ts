import type { Router } from 'express';
import { createDatabaseGuard } from '../routes/database-guard.js';
import { createLdapRouter } from '../routes/ldap-router.js';
import { createCheckedAuthenticate } from './auth/checked-principal.js';
import { createRateLimit } from './auth/rate-limit.js';
import { createReadLackingAccounts } from './auth/second-factor/lacking-accounts.js';
import { createSecondFactor } from './auth/second-factor/second-factor-policy.js';
import { createStoredPermissions } from './auth/stored-permissions.js';
import { createStrangerLimit } from './auth/stranger-limit.js';
import { createTokenAuthentication } from './auth/token-authentication.js';
import type { Engine } from './compose-engine.js';
import { createShowPhoto } from './explain/show-photo.js';
import { createExplainUser } from './explain/explain-user.js';
import type { ResolvedOptions } from './options.js';
import { inspectLdapTls } from './directory/ldap/inspect-tls.js';
import { createReadLastRun } from './probe/read-last-run.js';
import { createDirectoryProbe } from './probe/directory-probe.js';
import { createSuggestSettings } from './suggest/suggest-settings.js';
import { openRooms } from './sync/rooms/open-rooms.js';
import { readSchedule } from './schedule/read-schedule.js';
import { createReadAvatar } from './sync/avatars/read-avatar.js';
import { createFindKnownAccounts } from './sync/users/known-accounts.js';
import { createMongoUserStore } from './sync/users/mongo-user-store.js';
import { createReadStatus } from './watch/status.js';

/** Reports are asked for every second while a run goes on. */
const POLLING_FACTOR = 30;

/** The checks of a call that depend on who may call. */
export type Gate = ReturnType<typeof composeGate>;
export type ComposeGate = (options: ResolvedOptions, engine: Engine) => Gate;

export function composeRouter(
  options: ResolvedOptions,
  engine: Engine,
  { stopping, gate = composeGate }: { readonly stopping: AbortSignal; readonly gate?: ComposeGate },
): Router {
  const { connection, logger } = options;
  return createLdapRouter({
    ...gate(options, engine),
    ...composeReading(options, engine),
    databaseGuard: createDatabaseGuard({ connection, logger }),
    readSettings: engine.readSettings,
    configuration: engine.configuration,
    plans: engine.plans,
    applyPlan: engine.applyPlan,
    service: engine.service,
    decisions: engine.decisions,
    history: engine.history,
    findKnownAccounts: createFindKnownAccounts(connection),
    runs: engine.runs,
    logger,
    stopping,
  });
}

/** Makes the checks of a call: who is calling, whether they may, how often, and whether it is really them. */
function composeGate(
  { connection, logger, authenticate, authorize }: ResolvedOptions,
  { readSettings, sendMail, time: databaseTime }: Engine,
) {
  return {
    authenticate: createCheckedAuthenticate(
      authenticate ?? createTokenAuthentication({ connection, readSettings, databaseTime }),
    ),
    authorize: authorize ?? createStoredPermissions({ connection }),
    strangerLimit: createStrangerLimit(readSettings),
    rateLimit: createRateLimit({ readSettings }),
    pollingRateLimit: createRateLimit({ readSettings, factor: POLLING_FACTOR }),
    verifySecondFactor: createSecondFactor({ connection, readSettings, sendMail, databaseTime, logger }),
  };
}

/** What changes nothing. */
function composeReading(
  { connection, clock, logger, nextRunAt, avatarStore }: ResolvedOptions,
  { readSettings, openDirectory, runs, history, decoder, scheduler, time, ...engine }: Engine,
) {
  const readAccounts = createReadLackingAccounts({ connection, readSettings });
  return {
    probe: createDirectoryProbe({
      readSettings,
      openDirectory,
      inspectTls: inspectLdapTls,
      readLastRun: createReadLastRun(runs),
      logger,
    }),
    suggestSettings: createSuggestSettings({
      readSettings,
      readFixed: engine.configuration.fixed,
      openDirectory,
      inspectTls: inspectLdapTls,
      clock,
    }),
    explainUser: createExplainUser({
      readSettings,
      openDirectory,
      createUserReads: () => createMongoUserStore(connection),
      openRooms: (settings) => openRooms(settings, { connection, now: clock, writes: false }),
      history,
      runs,
      decoder,
      clock,
    }),
    showPhoto: createShowPhoto({
      readSettings,
      openDirectory,
      createUserReads: () => createMongoUserStore(connection),
      readAvatar: avatarStore ? undefined : createReadAvatar(connection),
      decoder,
    }),
    readStatus: createReadStatus({
      connection,
      runs,
      readStillWaiting: engine.readStillWaiting,
      readSettings,
      readAccounts,
      readSchedule: () => readSchedule(scheduler.isStarted, { connection, readSettings, time }),
      clock,
      logger,
      nextRunAt,
    }),
  };
}
