import type { SyncSettings } from '../settings/sync-settings.js';
import type { ActiveRun } from './active-run.js';
import { carryOut } from './carry-out.js';
import type { RemovalRow } from './change-row.js';
import type { RunDependencies, RunEnd } from './run.js';

/**
 * Does what another run held. The list is copied first, so that what was asked for and what came of it can both be read
 * afterwards; everybody on it is looked up again, and only what still holds happens.
 */
export async function runApproval(run: ActiveRun, settings: SyncSettings, dependencies: RunDependencies): Promise<RunEnd> {
  const { changes, phase, avatars, clock: now, createUserStore, openDirectory } = dependencies;
  const users = createUserStore(run);
  for await (const { rows } of changes.removals(run.of)) await changes.collect(rows.map(toFresh));
  await changes.flush();
  const directory = await phase('connect', () => openDirectory(settings.address, run.signal));
  try {
    await phase('removals', () => carryOut({ users, avatars, directory, changes, run, settings, now }));
  } finally {
    directory.close();
  }
  return { state: 'completed' };
}

/** In this run nobody has been counted yet. */
function toFresh({ countedAs: _countedAs, ...row }: RemovalRow): RemovalRow {
  return row;
}
