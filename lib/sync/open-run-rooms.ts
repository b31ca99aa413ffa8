import type { SyncSettings } from '../settings/sync-settings.js';
import { openRooms, type RunRooms } from './rooms/open-rooms.js';
import type { RunDependencies } from './run-dependencies.js';
import type { ActiveRun } from './run/active-run.js';
import { RUN_KINDS } from './run/run-kinds.js';

/** Looks up the rooms that the maps of a run name; says in its report what is wrong with them. */
export async function openRunRooms(
  run: Pick<ActiveRun, 'kind' | 'tally'>,
  settings: SyncSettings,
  { connection, clock: now }: Pick<RunDependencies, 'connection' | 'clock'>,
): Promise<Pick<RunRooms, 'rooms' | 'memberships'>> {
  const { writes } = RUN_KINDS[run.kind];
  const { rooms, memberships, problems } = await openRooms(settings, { connection, now, writes });
  for (const problem of problems) run.tally.problem(problem);
  return { rooms, memberships };
}
