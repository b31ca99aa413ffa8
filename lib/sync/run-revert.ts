import type { UserRecord } from '../../models/user.js';
import type { ActiveRun } from './active-run.js';
import { REFUSED } from './carry-out.js';
import type { ChangeHistory } from './change-log.js';
import type { RemovalRow } from './change-row.js';
import { areSameValues } from './field-exchange.js';
import { put, renameUser, rowOf, takeTurns, toMutable, toRenaming, toSlots, type MutableChunk } from './removal-slots.js';
import type { RunDependencies, RunEnd } from './run.js';
import { createRemovalSettlement, type RemovalSettlement } from './settle-removal.js';
import type { RemovalResult, UserStore } from './user-store.js';

/**
 * Takes back what another run took away, where nobody has changed it since: in the opposite order, so that names that one
 * person gave to the next are free again. Who cannot be restored is named.
 */
export async function runRevert(run: ActiveRun, dependencies: RunDependencies): Promise<RunEnd> {
  const { changes, history, phase, runs, createUserStore } = dependencies;
  const target = run.of ?? '';
  const users = createUserStore(run);
  const hadBegun = (await runs.get(target))?.removing === true;
  const ofTarget: RemovalRow[][] = [];
  for await (const { rows } of changes.removals(target)) {
    const done = hadBegun ? await findDone(rows, target, users, history) : rows.filter(({ state }) => state === 'done');
    ofTarget.unshift(done.map(toOpposite).reverse());
  }
  const wanted = ofTarget.flat();
  await changes.collect(wanted);
  await changes.flush();
  const settlement = createRemovalSettlement(run.tally, { countsSkipped: true });
  await phase('removals', () => takeBack(target, users, settlement, run, dependencies));
  await run.verifyLease();
  await runs.markReverted(target, run.id);
  if (wanted.some(({ kind }) => kind === 'deactivate')) run.tally.problem(AFTERWARDS);
  return { state: 'completed' };
}

/** A run that died may have done what it had only written down as its intent: the user tells. */
async function findDone(rows: readonly RemovalRow[], target: string, users: UserStore, history: Pick<ChangeHistory, 'ofUser'>): Promise<RemovalRow[]> {
  const open = await users.findById(rows.filter(({ state }) => state === 'waiting').map(({ userId }) => userId));
  const done: RemovalRow[] = [];
  for (const row of rows) {
    if (row.state === 'done') done.push(row);
    else if (row.state === 'waiting' && bearsTraces(row, open.get(row.userId), target) && !(await isDoneByAnother(row, target, history))) done.push(row);
  }
  return done;
}

function bearsTraces(row: RemovalRow, user: UserRecord | undefined, target: string): boolean {
  if (!user) return false;
  if (row.kind === 'deactivate') return user.active === false && user.ldapSync?.deactivatedByRun === target;
  if (row.kind === 'rename') return user.username === toRenaming(row).to;
  return row.fields.every(({ field, to }) => areSameValues(field, user[field as keyof UserRecord], to));
}

/** So many runs back it is asked who took the same away. */
const LATER_RUNS = 20;

/** What this run only intended, and a later one did. Whom it switched off a user says; other changes bear no name. */
async function isDoneByAnother({ kind, userId, fields: [first] }: RemovalRow, target: string, history: Pick<ChangeHistory, 'ofUser'>): Promise<boolean> {
  if (kind === 'deactivate') return false;
  for (const { runId, rows } of await history.ofUser(userId, LATER_RUNS)) {
    if (runId === target) return false;
    if (rows.some((row) => row.kind === kind && row.state === 'done' && row.fields[0]?.field === first?.field)) return true;
  }
  return false;
}

const AFTERWARDS = {
  message: 'Whoever was switched on again has to sign in anew, and the next sync wants the same again while the directory says so.',
  remedy: 'Mend the directory or the settings before the next sync.',
};

async function takeBack(
  target: string,
  users: UserStore,
  settlement: RemovalSettlement,
  run: ActiveRun,
  { changes, avatars, clock }: RunDependencies,
): Promise<void> {
  const chunks: MutableChunk[] = [];
  for await (const chunk of changes.removals()) chunks.push(toMutable(chunk));
  const stuck = await takeTurns(chunks.flatMap(toSlots), { users, run, changes }, async (slot) => {
    const row = rowOf(slot);
    const result = await takeBackOne(row);
    if (result === 'refused') put(slot, settlement.failed(row, REFUSED));
    else if (result !== 'duplicate') put(slot, result === 'done' ? settlement.done(row) : settlement.skipped(row, toObstacle(row, false)));
    // The mark is spent; the next row may be about the same user.
    await users.claim([row.userId]);
    return result;
  });
  // A name that one gives back may be waited for by another; whoever waits for somebody outside the run is told so.
  for (const slot of stuck) put(slot, settlement.skipped(rowOf(slot), toObstacle(rowOf(slot), true)));
  for (const { id, rows } of chunks) await changes.correct(id, rows);

  async function takeBackOne(row: RemovalRow): Promise<RemovalResult> {
    if (row.kind === 'deactivate') return users.reactivate(row.userId, target, clock());
    if (row.kind === 'clear') return users.exchange(row.userId, row.fields, clock());
    return toRenaming(row).to === '' ? 'changed' : renameUser(row, { users, avatars, run, now: clock });
  }
}

function toOpposite({ countedAs: _countedAs, because: _because, reason: _reason, ...row }: RemovalRow): RemovalRow {
  const fields = row.fields.map(({ field, from, to }) => ({ field, ...(to === undefined ? {} : { from: to }), ...(from === undefined ? {} : { to: from }) }));
  return { ...row, fields, state: 'waiting', outcome: row.kind === 'deactivate' ? 'reactivated' : 'updated' };
}

function toObstacle(row: RemovalRow, isTaken: boolean): { reason: string; remedy: string } {
  if (isTaken) {
    return row.kind === 'rename'
      ? { reason: `The user name ${toRenaming(row).to} belongs to another account by now.`, remedy: 'Rename one of the two.' }
      : { reason: 'An earlier address of the user belongs to another account by now.', remedy: 'Change the address of one of the two.' };
  }
  const what = { deactivate: 'The user was switched on or off again', rename: 'The user name was changed', clear: 'The field was changed' }[row.kind];
  return { reason: `${what} since, or never was changed by that run; it stays as it is.`, remedy: 'Look at the user, and change by hand what is wrong.' };
}
