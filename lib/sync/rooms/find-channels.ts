import { mongo } from 'mongoose';
import { roomCollection, type RoomRecord } from '../../../models/room.js';
import { LOOK_UP_BATCH, toBatches } from '../../batches.js';
import { GRANT_SETTINGS } from '../../settings/grant-settings.js';
import { findChannelOwner } from './channel-owner.js';
import type { MappedRoom } from './mapped-room.js';
import { findRoomObstacle, OBSTACLE_FIELDS } from './room-obstacle.js';
import type { RoomSearch } from './room-search.js';

const SETTING = GRANT_SETTINGS.channels.map;
const FIELDS = { ...OBSTACLE_FIELDS, name: 1, fname: 1, teamMain: 1 } as const;

/** A name of the map, and as the chat server would have it. */
interface ChannelName {
  readonly text: string;
  readonly name: string;
}

/**
 * Channels and private groups by the name in their link, else by what is shown. Discussions are found by the
 * former only, since anybody may show anything as their title. A channel that does not exist is to be made.
 */
export async function findChannels(
  texts: readonly string[],
  { connection, chat, problems }: RoomSearch,
): Promise<ReadonlyMap<string, MappedRoom>> {
  const names = texts.flatMap((text): readonly ChannelName[] => {
    const name = chat.toRoomName(text);
    if (name === undefined) problems.name(SETTING, 'invalid', text);
    return name === undefined ? [] : [{ text, name }];
  });
  const lookup = await readByNames(names, connection);
  const found = new Map<string, MappedRoom>();
  const missing: ChannelName[] = [];
  const mapped = createMapped();
  for (const one of names) {
    const rooms = lookup(one);
    const [room] = rooms;
    if (!room) missing.push(one);
    else if (rooms.length > 1) problems.name(SETTING, 'ambiguous', one.text);
    else {
      const flaw = room.teamMain === true ? 'team-room' : findRoomObstacle(room);
      if (flaw) problems.name(SETTING, flaw, one.text);
      else found.set(one.text, mapped(room, one));
    }
  }
  const ownerId = missing.length > 0 ? await findChannelOwner(connection, chat.channelOwner) : undefined;
  for (const one of missing)
    if (ownerId === undefined) problems.name(SETTING, 'no-owner', one.text);
    else found.set(one.text, mapped.toBeMade(one, ownerId));
  return found;
}

/** Makes one object for each room, whatever names the map has for it. */
function createMapped() {
  const byKey = new Map<string, MappedRoom>();
  const keep = (key: string, make: () => MappedRoom): MappedRoom => {
    const room = byKey.get(key) ?? make();
    byKey.set(key, room);
    return room;
  };
  const ofRoom = ({ _id: rid, fname, name }: RoomRecord, { text }: ChannelName): MappedRoom =>
    keep(`room ${rid}`, () => ({
      kind: 'channels',
      name: text,
      rid,
      shown: [fname, name, text].find((one) => typeof one === 'string' && one !== '') as string,
      isToBeMade: false,
      alsoJoins: [],
    }));
  const toBeMade = ({ text, name }: ChannelName, ownerId: string): MappedRoom =>
    keep(`name ${name}`, () => ({
      kind: 'channels',
      name: text,
      rid: new mongo.ObjectId().toHexString(),
      shown: text,
      isToBeMade: true,
      making: { name, ownerId },
      alsoJoins: [],
    }));
  return Object.assign(ofRoom, { toBeMade });
}

/** Gives the rooms of a name; more than one only where it is shown for several. */
async function readByNames(
  names: readonly ChannelName[],
  connection: RoomSearch['connection'],
): Promise<(name: ChannelName) => readonly RoomRecord[]> {
  const rooms = roomCollection(connection);
  const byName = new Map<string, RoomRecord[]>();
  const byShown = new Map<string, RoomRecord[]>();
  const options = { projection: FIELDS } as const;
  const shown = { t: { $in: ['c', 'p'] }, prid: { $exists: false } };
  const inLinks = [...new Set(names.map(({ name }) => name))];
  for (const batch of toBatches(inLinks, LOOK_UP_BATCH))
    for await (const room of rooms.find({ name: { $in: batch } }, options)) add(byName, room.name, room);
  const titles = [...new Set(names.flatMap(({ name, text }) => [name, text]))];
  for (const batch of toBatches(titles, LOOK_UP_BATCH))
    for await (const room of rooms.find({ fname: { $in: batch }, ...shown }, options))
      add(byShown, room.fname, room);
  return ({ name, text }) => {
    const called = byName.get(name);
    if (called) return called;
    const titled = [...(byShown.get(name) ?? []), ...(byShown.get(text) ?? [])];
    return [...new Map(titled.map((room) => [room._id, room])).values()];
  };
}

/** Two are enough to know that there are several. Whatever has no text for its id or name is no room. */
function add(rooms: Map<string, RoomRecord[]>, name: unknown, room: RoomRecord): void {
  if (typeof name !== 'string' || typeof (room._id as unknown) !== 'string') return;
  const list = rooms.get(name) ?? [];
  rooms.set(name, list);
  if (list.length < 2) list.push(room);
}
