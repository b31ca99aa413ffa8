import type { GuardRefusal } from './removals/guard.js';
import type { SweepEnd } from '../directory/directory.js';
import type { SyncSettings } from '../settings/sync-settings.js';
import { toSettledStates } from './newly-counting.js';
import { applyRemovals, type RemovalsEnd } from './removals/apply-removals.js';
import type { RemovalDependencies } from './removals/removal-dependencies.js';
import type { SweepState } from './removals/sweep-state.js';
import type { RunEnd } from './run/run-end.js';
import { RUN_KINDS } from './run/run-kinds.js';
import type { Tally } from './run/tally.js';

/** What a sync or an application knows when its sweep has ended. */
export interface Swept {
  readonly state: SweepState;
  readonly end: SweepEnd;
  /** The run whose held list nobody has approved or rejected yet. */
  readonly undecided: GuardRefusal | undefined;
  /** False when the group whose members are synced says of nobody that they are in it. */
  readonly isSomebodyThere: boolean;
}

/** The end of a sync: its removals. */
export async function concludeSync(
  { isSomebodyThere, ...swept }: Swept,
  removing: RemovalDependencies,
): Promise<RunEnd> {
  const { run, settings, phase } = removing;
  const { state, end } = swept;
  const removals = await phase('guard', () => applyRemovals(swept, removing));
  if (isUnread(state, end) || isRefused(settings, run.tally)) return { state: 'failed' };
  const isCounted = end.complete && RUN_KINDS[run.kind].writes;
  const counted = isCounted ? { stateAttributes: toSettledStates(settings, state) } : {};
  return { ...toRunEnd(removals, isSomebodyThere), ...counted };
}

function toRunEnd(removals: RemovalsEnd, isSomebodyThere: boolean): RunEnd {
  if (removals.kind === 'done')
    return isSomebodyThere ? { state: 'completed', weighed: removals.weighed } : { state: 'failed' };
  const { held, doubted } = removals;
  return { state: 'held', held, ...(doubted ? { doubted } : {}) };
}

/** A directory that was read in part has not been synced. */
export function isUnread(state: SweepState, end: SweepEnd): boolean {
  return (
    state.read === 0 || (!end.complete && end.reason !== 'paging-unsupported' && end.reason !== 'referral')
  );
}

/** A few users may be refused in every run. But when the database refuses all users, the run has failed. */
export function isRefused({ guard }: SyncSettings, tally: Tally): boolean {
  const { failed, created, updated, linked, reactivated, deactivated } = tally.counts();
  if (failed <= guard.alwaysAllowed || created + updated + linked + reactivated + deactivated > 0)
    return false;
  tally.problem({
    message: `The database refused all ${failed} users that were to be written.`,
    remedy:
      'Check the disk of the database and the validation rules of the users collection, then run the ' +
      'sync again.',
  });
  return true;
}
