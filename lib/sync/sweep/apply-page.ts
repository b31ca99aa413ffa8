import type { Clock } from '../../clock.js';
import type { SyncSettings } from '../../settings/sync-settings.js';
import type { PhotoFiles } from '../avatars/photo-files.js';
import type { ChangeLog } from '../history/change-log.js';
import type { StoredPeople } from '../plan/plan-page.js';
import type { SweepState } from '../removals/sweep-state.js';
import type { MembershipRules } from '../rooms/membership-rules.js';
import type { RoomStore } from '../rooms/room-store.js';
import type { ActiveRun } from '../run/active-run.js';
import type { UserStore } from '../users/user-store.js';
import { countLinked } from './count-linked.js';
import type { PagePhotos } from './page-photos.js';
import { hasToBeWritten, toQuietTask } from './person-task.js';
import { withMemberships } from './plan-memberships.js';
import { planPeople } from './plan-people.js';
import type { ReadPage } from './read-page.js';
import { readStored } from './read-stored.js';
import { collectRemovals, recordQuiet } from './record-outcomes.js';
import { toShownDisabledRows } from './shown-disabled-rows.js';
import { writePeople } from './write-people.js';

export interface PageDependencies {
  readonly users: UserStore;
  readonly photos: PagePhotos;
  readonly files: PhotoFiles;
  readonly changes: ChangeLog;
  readonly settings: SyncSettings;
  readonly run: ActiveRun;
  readonly createId: () => string;
  readonly now: Clock;
  /** The ids of the rooms that new users join. */
  readonly joins?: readonly string[] | undefined;
  readonly rooms: RoomStore;
  readonly memberships: MembershipRules;
}

/** A page whose linked users have been looked up. */
export interface PreparedPage extends ReadPage {
  readonly linked: StoredPeople['linked'];
}

/**
 * One page: a plan, the transactions of those for whom something has to be written, the outcomes of the others,
 * and the removals that wait.
 */
export async function applyPage(
  page: PreparedPage,
  state: SweepState,
  dependencies: PageDependencies,
): Promise<void> {
  const { users, changes, settings, run } = dependencies;
  const stored = await readStored(page, users, settings.policy);
  countLinked(page, state, run.provenAt);
  // Where nobody was linked before, nothing can be taken from anybody, and the links need no confirmation.
  const unconfirmedBy = state.linkedBefore > 0 ? run.id : undefined;
  const context = { ...dependencies, unconfirmedBy };
  const plans = await withMemberships(planPeople(page.people, stored, context), dependencies);
  const quiet = plans.filter((plan) => !hasToBeWritten(plan)).map(toQuietTask);
  const written = await writePeople(plans.filter(hasToBeWritten), context);
  recordQuiet({ refused: page.refused, tasks: quiet }, run.tally, state.disputes);
  const shownDisabled = toShownDisabledRows(page, { linked: page.linked, policy: settings.policy });
  await collectRemovals([...quiet, ...written], { changes, state, unconfirmedBy, shownDisabled });
}
