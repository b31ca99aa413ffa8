import type { PhotoOwner, TakenDown } from '../avatars/photo-files.js';
import type { PlacedRow } from '../history/change-log.js';
import type { NameOwner } from '../plan/name-owners.js';
import { commitOne, commitUnits, type Failures } from '../run/commit-units.js';
import { writeFor } from '../run/shared-refusal.js';
import type { Scope } from '../run/transactions.js';
import { closesAccount, endsSessions } from '../users/user-operations.js';
import { userIdOf, type UserWrite } from '../users/user-store.js';
import { followAccess, withAccess } from './follow-access.js';
import { createNameLedger, NO_NAMES } from './name-ledger.js';
import { isAboutRooms, moveRooms } from './move-rooms.js';
import type { RemovalDependencies } from './removal-dependencies.js';
import type { Manner, RemovalUnit } from './removal-unit.js';
import { findOwners } from './row-exchange.js';
import type { RemovalSettlement, SettlementDraft } from './settle-removal.js';
import { toSettledRow } from './settled-row.js';
import { toUnitWrites, type Stage, type UnitWrites } from './unit-writes.js';

export type CommitDependencies = Pick<
  RemovalDependencies,
  'users' | 'rooms' | 'files' | 'changes' | 'run' | 'now'
> & {
  readonly settlement: RemovalSettlement;
};

interface Written {
  readonly writes: readonly UserWrite[];
  readonly draft: SettlementDraft;
  readonly takenDown: readonly TakenDown[];
}

/**
 * Carries removals of one kind out, or takes them back, in transactions: the users, the rows that tell of it, the
 * counts. Who is to lose something is read again inside; nothing is taken from a user who is not as expected.
 */
export async function commitRemovals(
  units: readonly RemovalUnit[],
  manner: Manner,
  dependencies: CommitDependencies,
): Promise<void> {
  const { users, files, run } = dependencies;
  const closed: string[] = [];
  await commitUnits(units, {
    transactions: run.transactions,
    signal: run.signal,
    write: (batch, failures, scope) => writeBatch({ batch, failures, scope }, manner, dependencies),
    async committed({ writes, draft, takenDown }: Written) {
      draft.keep();
      closed.push(...writes.filter(closesAccount).map(userIdOf));
      await users.committed(writes);
      await files.removeTakenDown(takenDown);
    },
  });
  // What the host has issued in the same moment goes, too.
  if (closed.length > 0) await commitOne(run, ({ tx }) => users.revokeTokens(closed, tx));
}

interface Batch {
  readonly batch: readonly RemovalUnit[];
  readonly failures: Failures<RemovalUnit>;
  readonly scope: Scope;
}

async function writeBatch(
  { batch, failures, scope }: Batch,
  manner: Manner,
  dependencies: CommitDependencies,
): Promise<Written> {
  const { users, rooms, files, changes, settlement } = dependencies;
  const { tx, tally } = scope;
  const possible = batch.filter((unit) => !failures.has(unit));
  const read = await readStage(possible, manner, { ...dependencies, scope });
  const writer = rooms.begin(tx);
  const wanted = possible.flatMap(({ items }) => items.filter(({ refused }) => !refused));
  const moving = possible.filter(({ items }) => items.some(isAboutRooms));
  const moved = await writeFor(moving, () => moveRooms(wanted, { manner, present: read.present, writer }));
  const stage: Stage = { ...read, moved };
  const draft = settlement.begin();
  const writes: UserWrite[] = [];
  const rows: PlacedRow[] = [];
  const settlings: UnitWrites['settlings'][number][] = [];
  for (const unit of batch) {
    const result = toUnitWrites(unit, failures.get(unit), { manner, stage });
    writes.push(...result.writes);
    settlings.push(...result.settlings);
  }
  await users.write(writes, tx);
  const access = await writeFor(moving, () =>
    followAccess(settlings, { manner, present: read.present, rooms, writer, tx }),
  );
  for (const [item, settling] of settlings) {
    const { chunkId, index } = item;
    const row = toSettledRow(item, { move: moved.get(item), access: access.get(item) });
    rows.push({ chunkId, index, row: draft.settle(row, withAccess(settling, access.get(item)), tally) });
  }
  await users.revokeTokens(writes.filter(endsSessions).map(userIdOf), tx);
  await files.rename(writes.flatMap(toRenamed), tx);
  const takenDown = await files.takeDown(
    writes.flatMap((write) => toPictureless(write, stage)),
    tx,
  );
  await changes.replace(rows, tx);
  await writeFor(moving, () => writer.writeCounts());
  return { writes, draft, takenDown };
}

async function readStage(
  units: readonly RemovalUnit[],
  { exchange, switchesOff, takesAdmin, heedsTeams, connects, givesBack }: Manner,
  { users, run, now, scope: { tx } }: CommitDependencies & Pick<Batch, 'scope'>,
): Promise<Stage> {
  const rows = units.flatMap(({ items }) => items.flatMap(({ row, refused }) => (refused ? [] : row)));
  const userIds = [...new Set(rows.map(({ userId }) => userId))];
  const present = await users.findById(userIds, tx);
  const connected = rows.filter(connects).map(({ userId }) => userId);
  const accounts =
    connected.length > 0 ? await users.findOwnersById(connected, tx) : new Map<string, NameOwner>();
  const asksAdmins = switchesOff ? rows.length > 0 : rows.some((row) => takesAdmin?.(row));
  const admins = asksAdmins ? await users.activeAdmins(tx) : [];
  const teams =
    exchange && heedsTeams ? await users.findTeams(rows.flatMap(exchange.wants), tx) : new Set<string>();
  const addressOwners = givesBack && (await users.findNameOwners([], rows.flatMap(givesBack), tx)).emails;
  const ledger = exchange
    ? createNameLedger(await findOwners(rows, exchange, { users, tx }), exchange)
    : NO_NAMES;
  const stamp = { runId: run.id, now: now() };
  return {
    present: new Map(present),
    admins: new Set(admins),
    accounts,
    addressOwners,
    teams,
    ledger,
    stamp,
  };
}

/** Who loses the picture. */
function toPictureless(write: UserWrite, { present }: Stage): readonly PhotoOwner[] {
  if (write.kind === 'insert' || !write.unset?.includes('avatarETag')) return [];
  return [{ userId: write.userId, username: present.get(write.userId)?.username ?? '' }];
}

/** An interim name comes to nobody's eyes. */
function toRenamed(write: UserWrite): readonly { readonly userId: string; readonly username: string }[] {
  if (write.kind === 'insert' || !('ldapSync.renamedFrom' in write.set)) return [];
  const { username } = write.set;
  return typeof username === 'string' ? [{ userId: write.userId, username }] : [];
}
