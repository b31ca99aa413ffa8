import { isActive } from '../../../models/active-user.js';
import type { UserRecord } from '../../../models/user.js';
import type { NameOwner, NameOwners } from '../plan/name-owners.js';
import type { WriteFailure } from '../run/write-failure.js';
import { tidied, toUpdated } from '../users/apply-update.js';
import { isActiveAdmin, type UserUpdate, type UserWrite } from '../users/user-store.js';
import type { Stamp } from '../users/user-updates.js';
import { BUSY, EXTENSION_TAKEN, REFUSED } from '../users/write-advice.js';
import type { Obstacle, RoomMove } from './kinds/removal-kind.js';
import type { NameLedger } from './name-ledger.js';
import type { Manner, RemovalItem, RemovalUnit } from './removal-unit.js';
import type { Settling } from './settle-removal.js';

/** What a transaction knows of the users it is about; changes as it goes on. */
export interface Stage {
  readonly present: Map<string, UserRecord>;
  readonly admins: Set<string>;
  readonly teams?: ReadonlySet<string>;
  /** Of kinds that connect accounts. */
  readonly accounts: ReadonlyMap<string, NameOwner>;
  readonly addressOwners?: NameOwners['emails'] | undefined;
  readonly ledger: NameLedger;
  /** What became of the rooms that are left, or come back. */
  readonly moved?: ReadonlyMap<RemovalItem, RoomMove>;
  readonly stamp: Stamp;
}

export interface UnitWrites {
  readonly writes: readonly UserWrite[];
  readonly settlings: readonly (readonly [RemovalItem, Settling])[];
}

interface CarriedItem {
  readonly item: RemovalItem;
  readonly update: UserUpdate | undefined;
}

/** What is written of a unit, and what is told of each of its removals. Changes the stage and nothing else. */
export function toUnitWrites(
  { items }: RemovalUnit,
  failure: WriteFailure | undefined,
  { manner, stage }: { readonly manner: Manner; readonly stage: Stage },
): UnitWrites {
  const refused = items.flatMap((item) =>
    item.refused ? [[item, { state: 'skipped', account: item.refused }] as const] : [],
  );
  const wanted = items.filter(({ refused }) => !refused);
  if (failure) return { writes: [], settlings: [...refused, ...wanted.map(withFailure)] };

  const hindered = new Map<RemovalItem, Obstacle>();
  const carried = wanted.flatMap((item): CarriedItem[] => {
    const result = carry(item, manner, stage);
    if ('update' in result) return [{ item, update: result.update }];
    hindered.set(item, result.obstacle);
    return [];
  });
  const obstacles = [...hindered].map(
    ([item, obstacle]) => [item, manner.toObstacle(item, obstacle)] as const,
  );
  const settled = [...refused, ...obstacles];
  // Of people who exchange names in a circle, nobody gets a name that another keeps.
  const isBroken = items.length > 1 && carried.length < items.length;
  if (isBroken || !stage.ledger.isFree(carried.map(({ item }) => item.row)))
    return {
      writes: [],
      settlings: [...settled, ...carried.map(({ item }) => [item, manner.toTaken(item)] as const)],
    };
  return {
    writes: enter(carried, manner, stage),
    settlings: [...settled, ...carried.map(({ item }) => [item, manner.toDone(item)] as const)],
  };

  function withFailure(item: RemovalItem): readonly [RemovalItem, Settling] {
    return [item, toFailed(item, failure as WriteFailure, manner)];
  }
}

function carry(
  item: RemovalItem,
  manner: Manner,
  { present, admins, accounts, addressOwners, teams, moved, stamp }: Stage,
): ReturnType<Manner['carry']> {
  const { row, confirmed } = item;
  const user = present.get(row.userId);
  if (!user) return { obstacle: 'changed' };
  const fields = confirmed?.fields ?? row.fields;
  return manner.carry(
    { ...row, fields },
    {
      user,
      admins: [...admins],
      ...(teams ? { teams } : {}),
      stamp,
      account: accounts.get(row.userId),
      addressOwners,
      confirmed,
      moved: moved?.get(item),
    },
  );
}

/** The removals happen: what the transaction sees from here on. */
function enter(carried: readonly CarriedItem[], { exchange }: Manner, stage: Stage): readonly UserWrite[] {
  const { present, admins, ledger } = stage;
  ledger.enter(carried.map(({ item }) => item.row));
  const interim =
    exchange && carried.length > 1
      ? carried.map(({ item }) => toWrite(item.row.userId, exchange.toInterim(item.row.userId)))
      : [];
  const writes = carried.flatMap(({ item, update }) => {
    if (!update) return [];
    const { userId } = item.row;
    const before = present.get(userId) as UserRecord;
    const own = tidied(before, update);
    const after = toUpdated(before, own);
    present.set(userId, after);
    if (!isActive(after) || ('roles' in own.set && !isActiveAdmin(after))) admins.delete(userId);
    return toWrite(userId, own);
  });
  return [...interim, ...writes];
}

function toWrite(userId: string, update: UserUpdate): UserWrite {
  return { kind: 'update', userId, ...update };
}

function toFailed(item: RemovalItem, failure: WriteFailure, manner: Manner): Settling {
  if (failure.kind === 'duplicate') return manner.toTaken(item);
  if (failure.kind === 'extension-taken') return { state: 'failed', account: EXTENSION_TAKEN };
  return { state: 'failed', account: failure.kind === 'busy' ? BUSY : REFUSED };
}
