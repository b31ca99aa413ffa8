import type { LeftRoom, RemovalRow } from '../../../models/change-row.js';
import type { UserRecord } from '../../../models/user.js';
import { ABAC_FIELD } from '../plan/abac.js';
import { isAllowedBy } from '../plan/abac-values.js';
import type { GuardedRoom } from '../rooms/guarded-rooms.js';
import type { RoomStore } from '../rooms/room-store.js';
import type { AccessEvent, RoomWrites } from '../rooms/room-writes.js';
import type { Transaction } from '../run/transaction.js';
import { toNotGivenBack, toRevoked, type MissedRoom } from './access-advice.js';
import type { Manner, RemovalItem } from './removal-unit.js';
import type { Account, Settling } from './settle-removal.js';

/** What has followed from a removal that changes what a user may see. */
export interface AccessChange {
  readonly leftRooms?: readonly LeftRoom[];
  readonly account?: Account | undefined;
}

type Changes = ReadonlyMap<RemovalItem, AccessChange>;

interface Scene {
  readonly manner: Pick<Manner, 'access'>;
  readonly present: ReadonlyMap<string, UserRecord>;
  readonly rooms: Pick<RoomStore, 'findGuarded' | 'readGuarded'>;
  readonly writer: Pick<RoomWrites, 'leave' | 'giveBack' | 'audit'>;
  readonly tx: Transaction;
}

/** A removal that is done, and that is about the ABAC attributes of a user. */
interface Done {
  readonly item: RemovalItem;
  readonly user: UserRecord;
  readonly before: unknown;
  readonly after: unknown;
}

/** Most rooms that a row remembers; whoever is in more leaves those, too. */
const MAX_REMEMBERED = 100;
const MAX_NAME = 200;

export function isAboutAccess({ fields }: Pick<RemovalRow, 'fields'>): boolean {
  return fields.some(({ field }) => field === ABAC_FIELD);
}

/**
 * Whoever has lost ABAC attributes leaves every room that asks for others, and whoever gets them back comes back,
 * in the transaction that changes the attributes. The audit of the chat server tells of it.
 */
export async function followAccess(
  settlings: readonly (readonly [RemovalItem, Settling])[],
  scene: Scene,
): Promise<Changes> {
  const done = settlings.flatMap(([item, { state }]) =>
    state === 'done' ? toDone(item, scene.present) : [],
  );
  if (done.length === 0) return new Map<RemovalItem, AccessChange>();
  await scene.writer.audit(
    done.map(({ user, before, after }) => ({ kind: 'attributes', subject: user, before, after })),
  );
  return scene.manner.access === 'revoked' ? revoke(done, scene) : giveBack(done, scene);
}

/** The settling, with what is to be told of rooms. */
export function withAccess(settling: Settling, access: AccessChange | undefined): Settling {
  return settling.state === 'done' && access?.account && !settling.account
    ? { ...settling, account: access.account }
    : settling;
}

function toDone(item: RemovalItem, present: Scene['present']): readonly Done[] {
  const user = present.get(item.row.userId);
  const fields = item.confirmed?.fields ?? item.row.fields;
  return fields.flatMap(({ field, from: before, to: after }) =>
    user && field === ABAC_FIELD ? [{ item, user, before, after }] : [],
  );
}

async function revoke(done: readonly Done[], { rooms, writer, tx }: Scene): Promise<Changes> {
  const guarded = await rooms.findGuarded(
    done.map(({ user }) => user._id),
    tx,
  );
  const leaving = done.flatMap((one) =>
    (guarded.get(one.user._id) ?? [])
      .filter(({ abacAttributes }) => !isAllowedBy(one.after, abacAttributes))
      .map((room) => ({ one, room })),
  );
  if (leaving.length === 0) return new Map<RemovalItem, AccessChange>();
  const results = await writer.leave(
    leaving.map(({ one, room }) => ({ rid: room._id, userId: one.user._id, isRevoked: true })),
  );
  const events: AccessEvent[] = [];
  const left = new Map<RemovalItem, LeftOne[]>();
  for (const [index, { one, room }] of leaving.entries()) {
    const result = results[index];
    if (!result || !('subscriptionId' in result)) continue;
    events.push({ kind: 'revoked', subject: one.user, room: { rid: room._id, name: room.name } });
    left.set(one.item, [...(left.get(one.item) ?? []), { room, ...result }]);
  }
  await writer.audit(events);
  return new Map([...left].map(([item, own]) => [item, toChange(own)]));
}

interface LeftOne {
  readonly room: GuardedRoom;
  readonly subscriptionId: string;
  readonly leavesNoOwner?: true;
}

function toChange(left: readonly LeftOne[]): AccessChange {
  const leftRooms = left
    .slice(0, MAX_REMEMBERED)
    .map(({ room, subscriptionId }) => ({ rid: room._id, name: nameOf(room), subscriptionId }));
  const ownerless = left.filter(({ leavesNoOwner }) => leavesNoOwner).map(({ room }) => nameOf(room));
  return {
    leftRooms,
    account: toRevoked(
      left.map(({ room }) => nameOf(room)),
      ownerless,
    ),
  };
}

function nameOf({ _id, name, fname }: GuardedRoom): string {
  const shown: unknown = fname ?? name;
  return (typeof shown === 'string' ? shown : _id).slice(0, MAX_NAME);
}

async function giveBack(done: readonly Done[], { rooms, writer, tx }: Scene): Promise<Changes> {
  const rids = done.flatMap(({ item }) => (item.row.leftRooms ?? []).map(({ rid }) => rid));
  const guarded = await rooms.readGuarded([...new Set(rids)], tx);
  const changes = new Map<RemovalItem, AccessChange>();
  for (const { item, user, after } of done) {
    const missed: MissedRoom[] = [];
    for (const { rid, name, subscriptionId } of item.row.leftRooms ?? []) {
      const room = guarded.get(rid);
      const place = { rid, userId: user._id, subscriptionId, isAllowed: true } as const;
      if (room && !isAllowedBy(after, room.abacAttributes))
        missed.push({ name, why: 'it asks for other attributes by now' });
      else if ((await writer.giveBack(place)) === 'gone')
        missed.push({ name, why: 'it, or what the user had in it, is gone' });
    }
    if (missed.length > 0) changes.set(item, { account: toNotGivenBack(missed) });
  }
  return changes;
}
