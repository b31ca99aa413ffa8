import { createDatabaseTime } from '../models/database-time.js';
import { createSmtpMail, isMailServerSet } from './auth/smtp-mail.js';
import { createApplyPlan } from './configure/apply-plan.js';
import { createConfiguration } from './configure/configuration.js';
import { createPlans } from './configure/plans.js';
import { openLdapDirectory } from './directory/ldap/ldap-directory.js';
import type { ResolvedOptions } from './options.js';
import { createScheduler, type StartJob } from './schedule/scheduler.js';
import { SCHEDULER } from './schedule/schedule-jobs.js';
import { createReadRawSettings, createReadSettings } from './settings/settings.js';
import { createStoredSettings } from './settings/stored-settings.js';
import { fromHostStore } from './sync/avatars/from-host-store.js';
import { createGridFsPhotoFiles } from './sync/avatars/gridfs-photo-files.js';
import { createPhotoDecoder } from './sync/avatars/photo-decoder.js';
import { createDecisions } from './sync/decisions.js';
import { createChangeHistory } from './sync/history/change-history.js';
import { createIndexes } from './sync/indexes.js';
import type { LeaseTimes } from './sync/run/lease.js';
import { createRunEvents } from './sync/run/run-events.js';
import { createRunLog } from './sync/run/run-log.js';
import { createReadStillWaiting } from './sync/still-waiting.js';
import { createSyncService } from './sync/sync-service.js';
import { createMongoUserStore } from './sync/users/mongo-user-store.js';

/** What syncs, and what the rooms above it are made with. */
export type Engine = ReturnType<typeof composeEngine>;

export function composeEngine(options: ResolvedOptions, leaseTimes: LeaseTimes) {
  const { connection, clock, logger, environment, settings, avatarStore } = options;
  const source = settings ?? createStoredSettings(connection);
  const readSettings = createReadSettings(source, environment);
  const time = createDatabaseTime(connection);
  const place = { connection, source, readRaw: createReadRawSettings(source, environment), time };
  const configuration = createConfiguration(place);
  const plans = createPlans(place);
  const smtp = { mailUrl: environment.MAIL_URL, readSettings };
  const sendMail = options.sendMail ?? createSmtpMail(smtp);
  const indexes = createIndexes(connection, { keepsAvatars: avatarStore === undefined });
  const runs = createRunLog({ connection, clock, logger, leaseTimes });
  const history = createChangeHistory(connection);
  const events = createRunEvents(logger);
  const decoder = createPhotoDecoder();
  const openDirectory = openLdapDirectory;
  const service = createSyncService({
    connection,
    readSettings,
    openDirectory,
    createUserStore: () => createMongoUserStore(connection),
    files: avatarStore ? fromHostStore(avatarStore) : createGridFsPhotoFiles({ connection, clock }),
    decoder,
    mails: {
      send: sendMail,
      isSetUp: () => (options.sendMail ? Promise.resolve(true) : isMailServerSet(smtp)),
    },
    indexes,
    runs,
    history,
    events,
    clock,
    logger,
  });
  const decisions = createDecisions({ runs, history, service, clock });
  const startRun =
    (kind: 'sync' | 'auto-logout'): StartJob =>
    async (began) =>
      (await service.start({ kind, requestedBy: SCHEDULER }, began)).runId;
  const scheduler = createScheduler({
    connection,
    readSettings,
    time,
    jobs: {
      LDAP_Sync: startRun('sync'),
      LDAP_AvatarSync: startRun('sync'),
      LDAP_AbacSync: startRun('sync'),
      LDAP_AutoLogout: startRun('auto-logout'),
    },
    logger,
  });
  const reading = { readSettings, openDirectory, runs, history };
  return {
    ...reading,
    time,
    configuration,
    plans,
    applyPlan: createApplyPlan({ runs, service, plans, history }),
    readStillWaiting: createReadStillWaiting({ runs, history }),
    sendMail,
    indexes,
    events,
    decoder,
    service,
    decisions,
    scheduler,
  };
}
