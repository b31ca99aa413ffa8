import type { Connection } from 'mongoose';
import { silentLogger } from '../../lib/logger.js';
import { createGridFsPhotoFiles } from '../../lib/sync/avatars/gridfs-photo-files.js';
import { createChangeLog } from '../../lib/sync/history/change-log.js';
import { applyRemovals } from '../../lib/sync/removals/apply-removals.js';
import { countWanted } from '../../lib/sync/removals/count-wanted.js';
import { createSweepState } from '../../lib/sync/removals/sweep-state.js';
import { createDryRoomStore } from '../../lib/sync/rooms/dry-room-store.js';
import { NO_RULES } from '../../lib/sync/rooms/membership-rules.js';
import { createRunLog } from '../../lib/sync/run/run-log.js';
import { createMongoUserStore } from '../../lib/sync/users/mongo-user-store.js';
import type { RemovalRow } from '../../models/change-row.js';
import type { RunReport } from '../../models/run-report.js';
import { REQUESTER } from './engine.js';
import { toUndecided } from '../../lib/sync/removals/hold-removals.js';
import type { Entries, Settings } from './histories.js';
import { createMemoryDirectory } from './memory-directory.js';
import { toSyncSettings } from './sync-settings.js';

interface Swept {
  readonly connection: Connection;
  /** What the directory shows when somebody is looked up. */
  readonly entries: Entries;
  readonly rows: readonly RemovalRow[];
  readonly settings: Settings;
}

const clock = () => new Date();

/** A sync that has read everybody, and has collected these removals. */
export async function syncWithRemovals({ connection, entries, rows, settings }: Swept): Promise<RunReport> {
  const runs = createRunLog({ connection, clock, logger: silentLogger });
  const { active: run } = await runs.start({ kind: 'sync', requestedBy: REQUESTER });
  await run!.takeOver();
  const log = createChangeLog(connection, run!, { days: 1, clock });
  await log.collect(rows);
  const people = entries.length;
  const state = createSweepState(people);
  Object.assign(state, { read: people, activeLinkedSeen: people, verifiersSeen: people });
  state.filled.add('emails');
  countWanted(rows, state);
  const waiting = await runs.undecided();
  const end = await applyRemovals(
    { state, end: { complete: true }, undecided: waiting && toUndecided(waiting._id) },
    {
      users: createMongoUserStore(connection),
      rooms: createDryRoomStore(connection),
      memberships: NO_RULES,
      files: createGridFsPhotoFiles({ connection, clock }),
      directory: createMemoryDirectory(entries),
      changes: log,
      run: run!,
      settings: toSyncSettings(settings),
      now: clock,
      phase: (_name, work) => work(),
    },
  );
  await run!.finish(end.kind === 'held' ? { state: 'held', held: end.held } : { state: 'completed' });
  return (await runs.get(run!.id))!;
}
