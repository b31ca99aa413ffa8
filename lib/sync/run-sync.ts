import type { Clock } from '../clock.js';
import type { DirectoryEntry, OpenDirectory, SweepEnd } from '../directory/directory.js';
import { LdapSyncError } from '../errors.js';
import type { Logger } from '../logger.js';
import { toRequestedAttributes } from '../mapping/map-entry.js';
import { isMutableIdAttribute } from '../mapping/unique-id.js';
import { createRandomId } from '../random-id.js';
import { parseSyncSettings } from '../settings/parse-sync-settings.js';
import type { ReadSettings } from '../settings/settings.js';
import type { SyncSettings } from '../settings/sync-settings.js';
import type { ActiveRun } from './active-run.js';
import { applyPage, type PreparedPage } from './apply-page.js';
import type { AvatarStore } from './avatar-store.js';
import { createPagePhotos } from './page-photos.js';
import { readPage } from './read-page.js';
import { applyRemovals } from './removals.js';
import type { RunState } from './report.js';
import { createSweepState, type SweepState } from './sweep-state.js';
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

/** Pages whose users are looked up while another is being applied. */
const PAGES_AHEAD = 2;

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
  const { state, end } = await sweep(run, settings, users, dependencies);
  reportSweep(state, end, run);
  const isDone = await applyRemovals(state, end, {
    users,
    avatars: dependencies.avatars,
    run,
    policy: settings.policy,
    now: dependencies.clock,
  });
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

async function sweep(
  run: ActiveRun,
  settings: SyncSettings,
  users: UserStore,
  { openDirectory, avatars, clock }: SyncDependencies,
): Promise<{ state: SweepState; end: SweepEnd }> {
  const state = createSweepState(await users.countActiveLinked());
  const assertMayWrite = (): void => run.assertMayWrite();
  const photos = createPagePhotos({ avatars, photo: settings.photo, assertMayWrite });
  const directory = await openDirectory(settings.address, run.signal);
  try {
    const pages = directory.sweep({ ...settings.search, attributes: toRequestedAttributes(settings.mapping) }, run.signal);
    const ahead = Array.from({ length: PAGES_AHEAD }, () => prepare(pages.next()));
    for (;;) {
      const [next = prepare(pages.next())] = ahead.splice(0, 1);
      const page = await next;
      if ('end' in page) {
        run.assertGoingOn();
        return { state, end: page.end };
      }
      ahead.push(prepare(pages.next()));
      run.assertGoingOn();
      await applyPage(page, state, { users, photos, settings, run, createId: createRandomId, now: clock });
      await run.saveProgress();
    }
  } finally {
    directory.close();
  }

  /** Reads a page and looks its linked users up, while the pages before are being applied. */
  function prepare(fetched: Promise<IteratorResult<readonly DirectoryEntry[], SweepEnd>>): Promise<PreparedPage | { end: SweepEnd }> {
    const prepared = lookUp(fetched);
    // Should the run end before, nobody waits for this page.
    prepared.catch(() => undefined);
    return prepared;
  }

  async function lookUp(fetched: Promise<IteratorResult<readonly DirectoryEntry[], SweepEnd>>): Promise<PreparedPage | { end: SweepEnd }> {
    const page = await fetched;
    if (page.done) return { end: page.value };
    const people = readPage(page.value, settings.mapping, state, run.tally);
    return { people, linked: await users.findLinked(people.map(({ id }) => id)) };
  }
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
