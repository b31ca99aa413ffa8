import type { UserRecord } from '../../models/user.js';
import type { ActiveRun } from './active-run.js';
import type { RemovalRow } from './change-row.js';
import { isAsExpected } from './field-exchange.js';
import { put, renameUser, rowOf, toMutable, toRenaming, toSlots, whileClaimed, type MutableChunk, type Slot } from './removal-slots.js';
import type { RunDependencies, RunEnd } from './run.js';
import { createRemovalSettlement, type RemovalSettlement } from './settle-removal.js';
import type { UserStore } from './user-store.js';

/**
 * Takes back what another run took away, where nobody has changed it since: in the opposite order, so that names that one
 * person gave to the next are free again. Who cannot be restored is named.
 */
export async function runRevert(run: ActiveRun, dependencies: RunDependencies): Promise<RunEnd> {
  const { changes, phase, runs, createUserStore } = dependencies;
  const target = run.of ?? '';
  const users = createUserStore(run);
  const hadBegun = (await runs.get(target))?.removing === true;
  const ofTarget: RemovalRow[][] = [];
  for await (const { rows } of changes.removals(target)) {
    const done = hadBegun ? await findDone(rows, target, users) : rows.filter(({ state }) => state === 'done');
    ofTarget.unshift(done.map(toOpposite).reverse());
  }
  const wanted = ofTarget.flat();
  await changes.collect(wanted);
  await changes.flush();
  const settlement = createRemovalSettlement(run.tally, { countsSkipped: true });
  await phase('removals', async () => {
    for await (const chunk of changes.removals()) {
      await takeBack(toMutable(chunk), target, users, settlement, run, dependencies);
    }
  });
  await runs.markReverted(target, run.id);
  if (wanted.some(({ kind }) => kind === 'deactivate')) run.tally.problem(AFTERWARDS);
  return { state: 'completed' };
}

/** A run that died may have done what it had only written down as its intent: the user tells. */
async function findDone(rows: readonly RemovalRow[], target: string, users: UserStore): Promise<RemovalRow[]> {
  const open = await users.findById(rows.filter(({ state }) => state === 'waiting').map(({ userId }) => userId));
  return rows.filter((row) => row.state === 'done' || (row.state === 'waiting' && bearsTraces(row, open.get(row.userId), target)));
}

function bearsTraces(row: RemovalRow, user: UserRecord | undefined, target: string): boolean {
  if (!user) return false;
  if (row.kind === 'deactivate') return user.active === false && user.ldapSync?.deactivatedByRun === target;
  if (row.kind === 'rename') return user.username === toRenaming(row).to;
  return row.fields.every(({ field, to }) => isAsExpected(user, { field, from: to }));
}

const AFTERWARDS = {
  message: 'Whoever was switched on again has to sign in anew, and the next sync wants the same again while the directory says so.',
  remedy: 'Mend the directory or the settings before the next sync.',
};

async function takeBack(
  chunk: MutableChunk,
  target: string,
  users: UserStore,
  settlement: RemovalSettlement,
  run: ActiveRun,
  { changes, avatars, clock }: RunDependencies,
): Promise<void> {
  let waiting = toSlots(chunk);
  // A name that one gives back may be waited for by another; whoever waits for somebody outside the run is told so.
  for (let before = Infinity; waiting.length > 0 && waiting.length < before; ) {
    before = waiting.length;
    const taken: Slot[] = [];
    await run.verifyLease();
    await whileClaimed(waiting, { users, run }, async (slot) => {
      const row = rowOf(slot);
      const result = await takeBackOne(row);
      if (result === 'duplicate') taken.push(slot);
      else put(slot, result === 'done' ? settlement.done(row) : settlement.skipped(row, toObstacle(row, result)));
      // The mark is spent; the next row may be about the same user.
      await users.claim([row.userId]);
    });
    waiting = taken;
  }
  for (const slot of waiting) put(slot, settlement.skipped(rowOf(slot), toObstacle(rowOf(slot), 'duplicate')));
  await changes.correct(chunk.id, chunk.rows);

  async function takeBackOne(row: RemovalRow): Promise<'done' | 'changed' | 'duplicate'> {
    if (row.kind === 'deactivate') return users.reactivate(row.userId, target, clock());
    if (row.kind === 'clear') return users.exchange(row.userId, row.fields, clock());
    return toRenaming(row).to === '' ? 'changed' : renameUser(row, { users, avatars, run, now: clock });
  }
}

function toOpposite({ countedAs: _countedAs, because: _because, reason: _reason, ...row }: RemovalRow): RemovalRow {
  const fields = row.fields.map(({ field, from, to }) => ({ field, ...(to === undefined ? {} : { from: to }), ...(from === undefined ? {} : { to: from }) }));
  return { ...row, fields, state: 'waiting', outcome: row.kind === 'deactivate' ? 'reactivated' : 'updated' };
}

function toObstacle(row: RemovalRow, result: 'changed' | 'duplicate'): { reason: string; remedy: string } {
  if (result === 'duplicate') {
    return row.kind === 'rename'
      ? { reason: `The user name ${toRenaming(row).to} belongs to another account by now.`, remedy: 'Rename one of the two.' }
      : { reason: 'An earlier address of the user belongs to another account by now.', remedy: 'Change the address of one of the two.' };
  }
  const what = { deactivate: 'The user was switched on or off again', rename: 'The user name was changed', clear: 'The field was changed' }[row.kind];
  return { reason: `${what} since, or never was changed by that run; it stays as it is.`, remedy: 'Look at the user, and change by hand what is wrong.' };
}
