import type { Advice } from '../advice.js';
import type { ActiveRun } from './run/active-run.js';
import { REFUSED } from './removals/carry-out.js';
import type { RemovalRow } from '../../models/change-row.js';
import {
  correctChunks,
  put,
  renameUser,
  rowOf,
  takeTurns,
  toMutable,
  toRenaming,
  toSlots,
  type Slot,
} from './removals/removal-slots.js';
import type { RunDependencies } from './run-dependencies.js';
import type { RunEnd } from './run/run-end.js';
import { createRemovalSettlement, type RemovalSettlement } from './removals/settle-removal.js';
import type { RemovalResult, UserStore } from './users/user-store.js';

/**
 * Takes back what another run took away, where nobody has changed it since. Goes in the opposite order, so
 * that a name that one person left to the next is free again. The report names every person who cannot be
 * restored.
 */
export async function runRevert(run: ActiveRun, dependencies: RunDependencies): Promise<RunEnd> {
  const { changes, phase, runs, createUserStore } = dependencies;
  const target = run.of ?? '';
  const users = createUserStore(run);
  const ofTarget: RemovalRow[][] = [];
  for await (const { rows } of changes.removals(target))
    ofTarget.unshift(
      rows
        .filter(({ state }) => state === 'done')
        .map(toOpposite)
        .reverse(),
    );
  const wanted = ofTarget.flat();
  await changes.collect(wanted);
  await changes.flush();
  const settlement = createRemovalSettlement(run.tally, { countsSkipped: true });
  await run.markRemoving();
  await phase('removals', () => takeBack(target, { users, settlement, run }, dependencies));
  await run.verifyLease();
  await runs.markReverted(target, run.id);
  if (wanted.some(({ kind }) => kind === 'deactivate')) run.tally.problem(AFTERWARDS);
  return { state: 'completed' };
}

const AFTERWARDS = {
  message:
    'Whoever was switched on again has to sign in anew, and the next sync wants the same again while ' +
    'the directory says so.',
  remedy: 'Mend the directory or the settings before the next sync.',
};

/** The run that takes back, with the store it writes by and the account it gives. */
interface Revert {
  readonly users: UserStore;
  readonly settlement: RemovalSettlement;
  readonly run: ActiveRun;
}

async function takeBack(
  target: string,
  { users, settlement, run }: Revert,
  { changes, avatars, clock }: RunDependencies,
): Promise<void> {
  const slots: Slot[] = [];
  for await (const chunk of changes.removals()) slots.push(...toSlots(toMutable(chunk)));
  const blocked = await takeTurns(
    slots,
    { users, run, changes },
    {
      async attempt(row) {
        const result = await takeBackOne(row);
        // The attempt has used up the mark, and the next row may be about the same user.
        await users.claim([row.userId]);
        return result;
      },
      settle(row, result) {
        if (result === 'done') return settlement.done(row);
        return result === 'refused'
          ? settlement.failed(row, REFUSED)
          : settlement.skipped(row, toObstacle(row, false));
      },
    },
  );
  // One row may wait for a name that another row gives back. A row that is still blocked now waits for an
  // account outside the run, and the report says so.
  for (const slot of blocked) put(slot, settlement.skipped(rowOf(slot), toObstacle(rowOf(slot), true)));
  await correctChunks(blocked, changes);

  async function takeBackOne(row: RemovalRow): Promise<RemovalResult> {
    if (row.kind === 'deactivate') return users.reactivate(row.userId, target, clock());
    if (row.kind === 'clear') return users.exchange(row.userId, row.fields, clock());
    return toRenaming(row).to === '' ? 'changed' : renameUser(row, { users, avatars, run, now: clock });
  }
}

function toOpposite({
  countedAs: _countedAs,
  because: _because,
  reason: _reason,
  ...row
}: RemovalRow): RemovalRow {
  const fields = row.fields.map(({ field, from, to }) => ({
    field,
    ...(to === undefined ? {} : { from: to }),
    ...(from === undefined ? {} : { to: from }),
  }));
  return { ...row, fields, state: 'waiting', outcome: row.kind === 'deactivate' ? 'reactivated' : 'updated' };
}

function toObstacle(row: RemovalRow, isTaken: boolean): Advice {
  if (isTaken) {
    return row.kind === 'rename'
      ? {
          code: 'username-taken',
          params: { username: toRenaming(row).to },
          reason: `The user name ${toRenaming(row).to} belongs to another account by now.`,
          remedy: 'Rename one of the two.',
        }
      : {
          code: 'address-taken',
          params: {},
          reason: 'An earlier address of the user belongs to another account by now.',
          remedy: 'Change the address of one of the two.',
        };
  }
  const what = {
    deactivate: 'The user was switched on or off again',
    rename: 'The user name was changed',
    clear: 'The field was changed',
  }[row.kind];
  return {
    code: 'changed-since',
    params: { kind: row.kind },
    reason: `${what} since, or never was changed by that run; it stays as it is.`,
    remedy: 'Look at the user, and change by hand what is wrong.',
  };
}
