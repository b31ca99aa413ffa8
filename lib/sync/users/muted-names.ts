import { openCollection, type Collection } from '../../../models/database.js';
import { LOOK_UP_BATCH, toBatches } from '../../batches.js';
import { within } from '../run/transaction.js';
import { TOUCHED, type NameBatch, type NamePlace } from './name-place.js';
import { readPresentNames } from './present-names.js';

interface SubscriptionRecord {
  readonly _id: string;
  readonly rid: string;
  readonly u: { readonly _id: string; readonly username?: string };
}

/** Lists of a room that hold nothing but user names. */
const LISTS = ['muted', 'unmuted'] as const;

type RoomRecord = { readonly _id: string } & { readonly [list in (typeof LISTS)[number]]?: unknown };

const COLLECTION = 'rocketchat_subscription';

/**
 * The user's own subscriptions, and who may not speak in their rooms. A room holds only the names of those. The
 * subscriptions tell whose name each is, as long as they still have the names the room has: so both change in
 * one transaction, and with the user everybody whose subscription is needed to read the room's lists.
 */
export const SUBSCRIPTIONS: NamePlace = {
  collection: COLLECTION,
  find: ({ userId, username }) => ({ 'u._id': userId, 'u.username': { $ne: username } }),
  // The subscription and its room.
  weigh: () => 2,

  async update(batch: NameBatch) {
    const { connection, tx, user, ids } = batch;
    const subscriptions = openCollection<SubscriptionRecord>(connection, COLLECTION);
    const own = await subscriptions
      .find({ ...SUBSCRIPTIONS.find(user), _id: { $in: [...ids] } }, { ...within(tx), projection: FIELDS })
      .toArray();
    if (own.length === 0) return;
    const names = new Map(own.map(({ _id }) => [_id, user.username]));
    const rooms = openCollection<RoomRecord>(connection, 'rocketchat_room');
    const writes = [];
    for (const room of await findSilenced(rooms, own, batch)) {
      const members = await findMembers(subscriptions, room, batch);
      const stale = [...members.values()].filter(({ isFresh }) => !isFresh);
      if (stale.length === 0) continue;
      for (const { _id, present } of stale) names.set(_id, present);
      const set = toPresentLists(room, members);
      writes.push({ updateOne: { filter: { _id: room._id }, update: { $set: set, ...TOUCHED } } });
    }
    if (writes.length > 0) await rooms.bulkWrite(writes, within(tx));
    const updates = [...names].map(([_id, username]) => ({
      updateOne: { filter: { _id }, update: { $set: { 'u.username': username }, ...TOUCHED } },
    }));
    await subscriptions.bulkWrite(updates, within(tx));
  },
};

const FIELDS = { rid: 1, u: 1 };

/** Rooms whose lists have the user's former name, or the present one, which was somebody else's. */
async function findSilenced(
  rooms: Collection<RoomRecord>,
  own: readonly SubscriptionRecord[],
  { tx, user }: NameBatch,
): Promise<RoomRecord[]> {
  const formerly = new Map(own.map(({ rid, u }) => [rid, u.username]));
  const found = await rooms
    .find(
      { _id: { $in: [...formerly.keys()] } },
      { ...within(tx), projection: Object.fromEntries(LISTS.map((list) => [list, 1])) },
    )
    .toArray();
  return found.filter((room) =>
    toListed(room).some((name) => name === user.username || name === formerly.get(room._id)),
  );
}

interface Member {
  /** Of the subscription. */
  readonly _id: string;
  readonly present: string;
  /** Whether the subscription has the present name. */
  readonly isFresh: boolean;
}

/** The members to whom the names of a room's lists belong, by name. */
async function findMembers(
  subscriptions: Collection<SubscriptionRecord>,
  room: RoomRecord,
  { connection, tx }: NameBatch,
): Promise<ReadonlyMap<string, Member>> {
  const found: SubscriptionRecord[] = [];
  for (const listed of toBatches(toListed(room), LOOK_UP_BATCH)) {
    const filter = { rid: room._id, 'u.username': { $in: listed } };
    found.push(...(await subscriptions.find(filter, { ...within(tx), projection: FIELDS }).toArray()));
  }
  const ids = found.map(({ u }) => u._id);
  const names = await readPresentNames(connection, ids, tx);
  const members = new Map<string, Member>();
  for (const { _id, u } of found) {
    const { username: present } = names.get(u._id) ?? {};
    if (u.username === undefined || present === undefined) continue;
    const isFresh = present === u.username;
    // A name that two have is that of whom it is now: the other's is to follow, and stands in no list any more.
    if (isFresh || !members.has(u.username)) members.set(u.username, { _id, present, isFresh });
  }
  return members;
}

function toPresentLists(room: RoomRecord, members: ReadonlyMap<string, Member>): object {
  const lists = LISTS.filter((list) => Array.isArray(room[list]));
  return Object.fromEntries(
    lists.map((list) => {
      const names = (room[list] as unknown[]).map((name) => members.get(name as string)?.present ?? name);
      return [list, [...new Set(names)]];
    }),
  );
}

function toListed(room: RoomRecord): string[] {
  const names = LISTS.flatMap((list) => (Array.isArray(room[list]) ? (room[list] as unknown[]) : []));
  return names.filter((name) => typeof name === 'string');
}
