import { openCollection } from '../../../models/database.js';
import { within } from '../run/transaction.js';
import { TOUCHED, type NameBatch, type NamePlace } from './name-place.js';
import { readPresentNames, type PresentName } from './present-names.js';

interface RoomRecord {
  readonly _id: string;
  readonly uids: readonly string[];
  readonly usernames?: readonly string[];
}

interface SubscriptionRecord {
  readonly _id: string;
  readonly rid: string;
  readonly u?: { readonly _id?: string };
  readonly name?: string;
  readonly fname?: string;
}

type Names = ReadonlyMap<string, PresentName>;

/**
 * Conversations of two people, of groups, and with oneself: the user names in the room, and the title that each
 * member reads, which is made of the names of the others. All is made anew from the members' ids.
 */
export const DIRECT_ROOMS: NamePlace = {
  collection: 'rocketchat_room',
  find: ({ userId }) => ({ uids: userId, t: 'd' }),
  reads: { uids: 1 },
  weigh: weighDirectRoom,
  update: writeDirectRooms,
};

/** The room and everybody's subscription. */
export function weighDirectRoom(room: object): number {
  return 1 + (room as RoomRecord).uids.length;
}

/** Makes the titles of these rooms anew. */
export async function writeDirectRooms({ connection, tx, ids }: Omit<NameBatch, 'user'>): Promise<void> {
  const rooms = openCollection<RoomRecord>(connection, 'rocketchat_room');
  const subscriptions = openCollection<SubscriptionRecord>(connection, 'rocketchat_subscription');
  const found = await rooms
    .find({ _id: { $in: [...ids] } }, { ...within(tx), projection: { uids: 1, usernames: 1 } })
    .toArray();
  const names = await readPresentNames(
    connection,
    found.flatMap(({ uids }) => uids),
    tx,
  );
  const byId = new Map(found.map((room) => [room._id, room]));
  const members = await subscriptions
    .find(
      { rid: { $in: [...byId.keys()] }, t: 'd' },
      { ...within(tx), projection: { rid: 1, u: 1, name: 1, fname: 1 } },
    )
    .toArray();
  const roomWrites = found.flatMap((room) => toWrite(room, toPresentUsernames(room, names)));
  if (roomWrites.length > 0) await rooms.bulkWrite(roomWrites as never[], within(tx));
  const writes = members.flatMap((member) => toWrite(member, toTitle(member, byId.get(member.rid), names)));
  if (writes.length > 0) await subscriptions.bulkWrite(writes as never[], within(tx));
}

/** One write, or none where the document says so already. */
function toWrite(document: { readonly _id: string }, set: object | undefined): object[] {
  const isSet = ([field, value]: [string, unknown]): boolean =>
    JSON.stringify(document[field as '_id']) === JSON.stringify(value);
  if (set === undefined || Object.entries(set).every(isSet)) return [];
  return [{ updateOne: { filter: { _id: document._id }, update: { $set: set, ...TOUCHED } } }];
}

/**
 * The names keep their places, which are not those of the ids. A name that no member has any more gives its
 * place to a name that is missing, a former name of a renamed member first: other names may be those of
 * members who were deleted, and stay.
 */
function toPresentUsernames({ uids, usernames }: RoomRecord, names: Names): object | undefined {
  if (!Array.isArray(usernames)) return undefined;
  const members = [...new Set(uids)].flatMap((id) => names.get(id) ?? []);
  const present = new Set(members.map(({ username }) => username));
  const former = new Set(members.map(({ renamedFrom }) => renamedFrom));
  const stored = new Set(usernames as readonly string[]);
  const missing = [...present].filter((name) => !stored.has(name));
  const stale = [...stored].filter((name) => !present.has(name));
  const places = [...stale.filter((name) => former.has(name)), ...stale.filter((name) => !former.has(name))];
  const replaced = new Map(missing.map((name, index) => [places[index], name]));
  const kept = [...stored].map((name) => replaced.get(name) ?? name);
  return { usernames: [...kept, ...missing.slice(places.length)] };
}

/** As Rocket.Chat makes it. The title of a conversation with oneself is one's own name. */
function toTitle(member: SubscriptionRecord, room: RoomRecord | undefined, names: Names): object | undefined {
  const uids = new Set(room?.uids);
  if (uids.size > 1) uids.delete(member.u?._id ?? '');
  const others = [...uids]
    .flatMap((id) => names.get(id) ?? [])
    .toSorted((a, b) => a.shown.localeCompare(b.shown));
  if (others.length === 0) return undefined;
  return {
    name: others.map(({ username }) => username).join(','),
    fname: others.map(({ shown }) => shown).join(', '),
  };
}
