import type { Clock } from '../clock.js';
import type { OpenDirectory, SweepEnd } from '../directory/directory.js';
import { LdapSyncError } from '../errors.js';
import type { Logger } from '../logger.js';
import { isMutableIdAttribute } from '../mapping/unique-id.js';
import { parseSyncSettings } from '../settings/parse-sync-settings.js';
import type { ReadSettings } from '../settings/settings.js';
import type { SyncSettings } from '../settings/sync-settings.js';
import type { ActiveRun } from './active-run.js';
import type { AvatarStore } from './avatar-store.js';
import { applyRemovals } from './removals.js';
import type { RunState } from './report.js';
import type { SweepState } from './sweep-state.js';
import { sweepPeople } from './sweep-people.js';
import type { UserStore } from './user-store.js';

export interface SyncDependencies {
  readonly readSettings: ReadSettings;
  readonly openDirectory: OpenDirectory;
  readonly createUserStore: () => UserStore;
  readonly avatars: AvatarStore;
  readonly ensureIndexes: () => Promise<readonly string[]>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The story of a run. Never throws: how it ended is in the report. */
export async function runSync(run: ActiveRun, dependencies: SyncDependencies): Promise<void> {
  const { logger } = dependencies;
  logger.info({ runId: run.id }, 'LDAP sync started');
  let state: RunState;
  try {
    state = await sync(run, dependencies);
  } catch (error) {
    state = reportFailure(error, run, logger);
  }
  await run.finish(state);
  logger.info({ runId: run.id, state, counts: run.tally.snapshot().counts }, 'LDAP sync ended');
}

async function sync(run: ActiveRun, dependencies: SyncDependencies): Promise<RunState> {
  const settings = await readRunSettings(run, dependencies.readSettings);
  if (!settings) return 'failed';
  for (const message of await dependencies.ensureIndexes()) {
    run.tally.problem({ message, remedy: 'Remove the duplicates it names, so that the database can rule out new ones.' });
  }
  const users = dependencies.createUserStore();
  const { avatars, clock: now } = dependencies;
  const directory = await dependencies.openDirectory(settings.address, run.signal);
  try {
    const { state, end } = await sweepPeople({ users, avatars, directory, run, settings, now });
    reportSweep(state, end, run);
    const { search, policy } = settings;
    const isDone = await applyRemovals(state, end, { users, avatars, directory, run, search, policy, now });
    return toState(state, end, isDone);
  } finally {
    directory.close();
  }
}

/** A directory that was read in part has not been synced. */
function toState(state: SweepState, end: SweepEnd, isDone: boolean): RunState {
  if (state.read === 0 || (!end.complete && end.reason !== 'paging-unsupported' && end.reason !== 'referral')) return 'failed';
  return isDone ? 'completed' : 'held';
}

async function readRunSettings(run: ActiveRun, readSettings: ReadSettings): Promise<SyncSettings | undefined> {
  const settings = await readSettings();
  const parsed = parseSyncSettings(settings);
  for (const problem of parsed.ok ? parsed.warnings : parsed.problems) run.tally.problem(problem);
  if (settings.get('LDAP_Enable')) return parsed.ok ? parsed.settings : undefined;
  run.tally.problem({ message: 'LDAP is switched off.', remedy: 'Switch LDAP_Enable on.', setting: 'LDAP_Enable' });
  return undefined;
}

function reportSweep(state: SweepState, end: SweepEnd, { tally }: ActiveRun): void {
  if (!end.complete) tally.problem({ message: end.message, remedy: end.remedy });
  if (state.read === 0) {
    tally.problem({
      message: 'The directory returned no entry at all.',
      remedy: 'Check LDAP_BaseDN, LDAP_User_Search_Filter and the read rights of the service account.',
      setting: 'LDAP_BaseDN',
    });
  }
  const mutable = [...state.idAttributes].filter(isMutableIdAttribute);
  if (mutable.length > 0) {
    tally.problem({
      message: `People are told apart by ${mutable.join(', ')}: whoever is renamed there becomes a new person here.`,
      remedy: 'Put an attribute that never changes (entryUUID, objectGUID, ipaUniqueID) first into LDAP_Unique_Identifier_Field before the first sync.',
      setting: 'LDAP_Unique_Identifier_Field',
    });
  }
}

function reportFailure(error: unknown, { id, tally }: ActiveRun, logger: Logger): RunState {
  if (error instanceof LdapSyncError) {
    tally.problem({ message: error.message, remedy: error.remedy ?? 'Run the sync again.' });
    logger.warn({ runId: id, code: error.code }, error.message);
    return error.code === 'run-stopped' ? 'interrupted' : 'failed';
  }
  const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
  logger.error({ runId: id, error: `${name}: ${message}` }, 'LDAP sync failed');
  const isDatabase = name.startsWith('Mongo');
  tally.problem(
    isDatabase
      ? { message: `The database failed: ${message}`, remedy: 'Check MongoDB, then run the sync again: it goes on where it stopped.' }
      : { message: 'The sync ended with an unexpected error.', remedy: 'Look it up in the log of the chat server under the id of this run.' },
  );
  return 'failed';
}
