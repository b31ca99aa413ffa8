import type { Advice } from '../../advice.js';
import type { RemovalRow } from '../../../models/change-row.js';
import { confirmRemovals, type Confirmed } from './confirm-removals.js';
import { toNewAddresses } from '../users/field-exchange.js';
import type { RemovalDependencies } from './removal-dependencies.js';
import {
  correctChunks,
  put,
  renameUser,
  rowOf,
  takeTurns,
  toMutable,
  toRenaming,
  toSlots,
  type MutableChunk,
  type Slot,
} from './removal-slots.js';
import { createRemovalSettlement, type RemovalSettlement } from './settle-removal.js';
import type { RemovalResult } from '../users/user-store.js';

/**
 * Does the removals that were collected. A direct look-up confirms each removal first, and its row says what
 * became of it. Renamings and clearings come first, because another user may wait for the name or the address
 * that they set free.
 */
export async function carryOut(dependencies: RemovalDependencies): Promise<void> {
  const { changes, run } = dependencies;
  // If this run does not come to its end from here on, the next run finishes the account of this run.
  await run.markRemoving();
  const settlement = createRemovalSettlement(run.tally, { countsSkipped: run.kind === 'approval' });
  await carryOutExchanges('rename', dependencies, settlement);
  await carryOutExchanges('clear', dependencies, settlement);
  for await (const stored of changes.removals())
    await carryOutDeactivations(toMutable(stored), dependencies, settlement);
}

/**
 * Does the renamings or the clearings. Two users who would swap names or addresses block each other; both are
 * reported as conflicts.
 */
async function carryOutExchanges(
  kind: 'rename' | 'clear',
  dependencies: RemovalDependencies,
  settlement: RemovalSettlement,
): Promise<void> {
  const { changes, users, now } = dependencies;
  const confirmed = new Map<RemovalRow, Confirmed>();
  const slots: Slot[] = [];
  for await (const chunk of changes.removals()) {
    if (chunk.rows.some((row) => row.kind === kind))
      slots.push(...(await confirmKind(toMutable(chunk), kind, { dependencies, settlement, confirmed })));
  }
  const blocked = await takeTurns(slots, dependencies, {
    attempt: (row) =>
      kind === 'rename'
        ? renameUser(row, dependencies)
        : users.exchange(row.userId, confirmed.get(row)?.fields ?? row.fields, now()),
    settle: (row, result) =>
      settle({ ...row, fields: confirmed.get(row)?.fields ?? row.fields }, result, { settlement }),
  });
  for (const slot of blocked) put(slot, settlement.conflicted(rowOf(slot), toTaken(rowOf(slot))));
  await correctChunks(blocked, changes);
}

async function carryOutDeactivations(
  chunk: MutableChunk,
  dependencies: RemovalDependencies,
  settlement: RemovalSettlement,
): Promise<void> {
  if (!chunk.rows.some(({ kind }) => kind === 'deactivate')) return;
  const { users, run, now } = dependencies;
  const confirmed = new Map<RemovalRow, Confirmed>();
  const slots = await confirmKind(chunk, 'deactivate', { dependencies, settlement, confirmed });
  await takeTurns(slots, dependencies, {
    attempt: ({ userId, ldapId, because = 'missing-from-directory' }) =>
      users.deactivate({ userId, ldapId, because }, run.id, now()),
    settle: (row, result) => settle(row, result, { settlement, confirmation: confirmed.get(row) }),
  });
}

function settle(
  row: RemovalRow,
  result: RemovalResult,
  {
    settlement,
    confirmation,
  }: { readonly settlement: RemovalSettlement; readonly confirmation?: Confirmed | undefined },
): RemovalRow {
  const gone = confirmation?.reason ?? 'is gone';
  const dn = confirmation?.dn;
  const params = { cause: confirmation?.by ?? 'gone', ...(dn === undefined ? {} : { dn }) };
  switch (result) {
    case 'done':
      if (row.kind !== 'deactivate') return settlement.done(row);
      return settlement.done(row, {
        dn,
        code: 'switched-off',
        params,
        reason: `The person ${gone}; the user was switched off and signed out.`,
        remedy:
          'Nothing, if this is meant; else put the person back into the directory and switch the user ' +
          'on, or revert this run (ldap.revertRun).',
      });
    case 'last-admin':
      return settlement.skipped(row, {
        dn,
        code: 'last-administrator',
        params,
        reason: `The person ${gone} but is the last active administrator, so the user stays on.`,
        remedy: 'Make somebody else an administrator, then run the sync again.',
      });
    case 'refused':
      return settlement.failed(row, REFUSED);
    default:
      return settlement.skipped(row, CHANGED);
  }
}

interface Confirming {
  readonly dependencies: RemovalDependencies;
  readonly settlement: RemovalSettlement;
  /** Takes up what the look-up says of each row that it confirms. */
  readonly confirmed: Map<RemovalRow, Confirmed>;
}

/** Returns the slots whose removal a look-up confirms. The other slots are settled as skipped, and stored. */
async function confirmKind(
  chunk: MutableChunk,
  kind: RemovalRow['kind'],
  { dependencies, settlement, confirmed }: Confirming,
): Promise<Slot[]> {
  const { changes, directory, users, settings, run } = dependencies;
  run.assertGoingOn();
  await run.verifyLease();
  const waiting = toSlots(chunk).filter(
    (slot) => rowOf(slot).kind === kind && rowOf(slot).state === 'waiting',
  );
  const confirmations = await confirmRemovals(waiting.map(rowOf), {
    directory,
    users,
    settings,
    signal: run.signal,
  });
  const slots = waiting.filter((slot) => {
    const row = rowOf(slot);
    const confirmation = confirmations.get(row);
    if (confirmation?.confirmed) confirmed.set(row, confirmation);
    else put(slot, settlement.skipped(row, confirmation ?? CHANGED));
    return confirmation?.confirmed === true;
  });
  if (slots.length < waiting.length) await changes.correct(chunk.id, chunk.rows);
  return slots;
}

/** The database refused one user; the other users are still written. */
export const REFUSED: Advice = {
  code: 'write-refused',
  params: {},
  reason: 'The database refused to write this user.',
  remedy: 'Look at the validation rules of the users collection, and run the sync again.',
};
const CHANGED: Advice = {
  code: 'changed-meanwhile',
  params: {},
  reason: 'The user was changed in the meantime.',
  remedy: 'Run the sync again.',
};

function toTaken(row: RemovalRow): Advice {
  if (row.kind === 'clear') {
    const addresses = toNewAddresses(row.fields).join(', ');
    return {
      code: 'address-taken',
      params: { addresses },
      reason:
        `Of the addresses ${addresses} that the directory now says, one ` + 'belongs to another account.',
      remedy: 'Change the address of one of the two.',
    };
  }
  const { to: username } = toRenaming(row);
  return {
    code: 'username-taken',
    params: { username },
    reason: `The directory now says ${username}, but that user name belongs to another account.`,
    remedy: 'Rename one of the two.',
  };
}
