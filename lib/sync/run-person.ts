import type { DirectoryEntry, SweepEnd } from '../directory/directory.js';
import type { Settings } from '../settings/settings.js';
import type { SyncSettings } from '../settings/sync-settings.js';
import { createBelongingCheck } from './belonging/belonging-check.js';
import { EVERYBODY_BELONGS, type Belonging } from './belonging/belonging.js';
import { withRoleIds } from './belonging/with-role-ids.js';
import { concludePerson } from './conclude-person.js';
import { findPerson } from './find-person.js';
import { forWrittenPeople } from './for-written-people.js';
import { judgeServer } from './judge-settings.js';
import { findNewlyCounting } from './newly-counting.js';
import { openRunRooms } from './open-run-rooms.js';
import { withStateReading } from './removals/state-reading.js';
import { findJoins } from './rooms/find-joins.js';
import type { RunDependencies } from './run-dependencies.js';
import type { ActiveRun } from './run/active-run.js';
import type { RunEnd } from './run/run-end.js';
import { sweepPeople } from './sweep/sweep-people.js';
import { withFormerIdAttributes } from './users/former-id-attributes.js';

interface Dependencies extends RunDependencies {
  /** The settings as they are stored: how names are searched for stands in them. */
  readonly stored: Settings;
}

/**
 * The steps of a sync for the one person who was asked for: the sweep is that of one entry, and whatever only a whole
 * sweep shows is left out. It confirms no link, proves no directory, and decides about nobody who is missing.
 */
export async function runPerson(
  run: ActiveRun,
  asked: SyncSettings,
  dependencies: Dependencies,
): Promise<RunEnd> {
  const { phase, runs, files, changes, events, decoder, stored, clock: now } = dependencies;
  const users = dependencies.createUserStore();
  const directory = await phase('connect', () => dependencies.openDirectory(asked.address, run.signal));
  try {
    const links = await users.surveyLinks();
    const used = withFormerIdAttributes(forWrittenPeople(asked), links);
    const known = await withRoleIds(used, users, (problem) => run.tally.problem(problem));
    const reading = { directory, users, signal: run.signal, now: run.startedAt };
    const settings = await withStateReading(known, reading);
    await judgeServer(directory, { run, settings, dependencies });
    const opened = await openRunRooms(run, settings, dependencies);
    const finding = { run, settings, stored, users, directory, decoder, clock: now, rooms: opened };
    const entry = await phase('look-up', () => findPerson(finding));
    if (!entry) return { state: 'failed' };
    const { state } = await phase('sweep', async () =>
      sweepPeople({
        ...{ users, files, decoder, changes, run, settings, now, ...opened },
        directory: { sweep: () => sweepOne(entry) },
        belonging: askForOne(settings, { directory, signal: run.signal }),
        joins: await findJoins(settings, run.tally, dependencies),
        progress: () =>
          events.emit('run:progress', { runId: run.id, kind: run.kind, counts: run.tally.counts() }),
        newlyCounting: await findNewlyCounting(settings, runs),
        linkedBefore: links.active,
      }),
    );
    const removing = { users, ...opened, files, directory, changes, run, settings, now, phase };
    return await phase('guard', () => concludePerson(state, removing));
  } finally {
    directory.close();
  }
}

/** A sweep of one entry, which has been read already. */
async function* sweepOne(
  entry: DirectoryEntry,
): AsyncGenerator<readonly DirectoryEntry[], SweepEnd, undefined> {
  yield await Promise.resolve([entry]);
  return { complete: true };
}

/** The groups are asked about the one person; a sync reads them whole. */
function askForOne(settings: SyncSettings, reader: Parameters<typeof createBelongingCheck>[1]): Belonging {
  const check = createBelongingCheck(settings, reader);
  return { ...EVERYBODY_BELONGS, of: async (entries) => (await check.ask(entries)).groups };
}
