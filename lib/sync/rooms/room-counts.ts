import { roomCollection, type RoomRecord } from '../../../models/room.js';
import { within } from '../run/transaction.js';
import { TOUCHED } from '../users/name-place.js';
import { isNumberOrAbsent } from './room-obstacle.js';
import type { RoomReading } from './room-scene.js';

/** The fields of a room that are changed when people come and go. */
export const COUNTED_FIELDS = { usersCount: 1, msgs: 1, encrypted: 1, usersWaitingForE2EKeys: 1 } as const;

/** Somebody who waits for the key of an encrypted room. */
interface Waiting {
  readonly userId: string;
  readonly ts: Date;
}

/** What changes in the document of a room. */
interface RoomChange {
  readonly members?: number;
  readonly messages?: number;
  /** Comes to those who wait for a key. */
  readonly waits?: Waiting;
  /** The user waits no more. */
  readonly waitsNoMore?: string;
}

/** What changes in rooms in one transaction. */
export interface RoomCounts {
  /** `room` as it was read in the transaction, with {@link COUNTED_FIELDS}. */
  note(room: RoomRecord, change: RoomChange): void;
  /** One write a room. Called last, because every message in a room writes the room, too. */
  write(): Promise<void>;
}

interface Noted {
  readonly room: RoomRecord;
  members: number;
  messages: number;
  readonly waits: Waiting[];
  readonly waitsNoMore: Set<string>;
}

export function createRoomCounts({ connection, tx }: RoomReading): RoomCounts {
  const byRoom = new Map<string, Noted>();
  return {
    note(room, { members = 0, messages = 0, waits, waitsNoMore }) {
      const noted = byRoom.get(room._id) ?? {
        room,
        members: 0,
        messages: 0,
        waits: [],
        waitsNoMore: new Set(),
      };
      byRoom.set(room._id, noted);
      noted.members += members;
      noted.messages += messages;
      if (waits) noted.waits.push(waits);
      if (waitsNoMore !== undefined) noted.waitsNoMore.add(waitsNoMore);
    },

    async write() {
      const rooms = roomCollection(connection);
      for (const [rid, noted] of byRoom)
        await rooms.updateOne({ _id: rid }, { ...toUpdate(noted), ...TOUCHED }, within(tx));
      byRoom.clear();
    },
  };
}

/** What is no number is left as it is. */
function toUpdate({ room, members, messages, waits, waitsNoMore }: Noted): object {
  const counted = toCounted(room.usersCount, members);
  const $inc = {
    ...(counted !== 0 && isNumberOrAbsent(room.usersCount) ? { usersCount: counted } : {}),
    ...(messages !== 0 && isNumberOrAbsent(room.msgs) ? { msgs: messages } : {}),
  };
  const waiting = toWaiting(room.usersWaitingForE2EKeys, waits, waitsNoMore);
  return {
    ...(Object.keys($inc).length > 0 ? { $inc } : {}),
    ...(waiting ? { $set: { usersWaitingForE2EKeys: waiting } } : {}),
  };
}

/**
 * What is added to the number of members, which never comes below zero however wrong it was. The room was read in
 * the transaction, so nobody else has counted since.
 */
function toCounted(stored: unknown, members: number): number {
  const before = typeof stored === 'number' ? stored : 0;
  return members < 0 ? Math.min(0, Math.max(members, -before)) : members;
}

/** As in Rocket.Chat, the last fifty wait. */
const MAX_WAITING = 50;

/** `undefined`: nothing changes. */
function toWaiting(
  stored: unknown,
  waits: readonly Waiting[],
  waitsNoMore: ReadonlySet<string>,
): readonly unknown[] | undefined {
  const before: readonly unknown[] = Array.isArray(stored) ? stored : [];
  const left = before.filter((one) => !waitsNoMore.has(userIdOf(one)));
  const known = new Set(left.map(userIdOf));
  const added = waits.filter(({ userId }) => !known.has(userId) && !waitsNoMore.has(userId));
  if (left.length === before.length && added.length === 0) return undefined;
  return [...left, ...added].slice(-MAX_WAITING);
}

function userIdOf(waiting: unknown): string {
  const id = (waiting as { userId?: unknown } | null)?.userId;
  return typeof id === 'string' ? id : '';
}
