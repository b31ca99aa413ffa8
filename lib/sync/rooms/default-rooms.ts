import type { Connection } from 'mongoose';
import { openDatabase } from '../../../models/database.js';
import { roomCollection, subscriptionCollection, type RoomRecord } from '../../../models/room.js';

/** The rooms that newcomers join. */
interface DefaultRooms {
  readonly ids: readonly string[];
  /** There are more than anybody joins. */
  readonly areMore: boolean;
}

/** Most rooms that a newcomer joins: their ids stand at the newcomer until it has happened. */
export const MAX_DEFAULT_ROOMS = 100;

/**
 * The rooms that a new user joins as in Rocket.Chat: default channels and groups, and of a team whose main
 * room is one, the rooms that its members join. Rooms that ABAC guards are left out. None on a host without
 * rooms.
 */
export async function findDefaultRooms(connection: Connection): Promise<DefaultRooms> {
  const limit = MAX_DEFAULT_ROOMS + 1;
  const options = {
    projection: { teamId: 1, teamMain: 1, abacAttributes: 1 },
    sort: { _id: 1 },
    limit,
  } as const;
  const rooms = roomCollection(connection);
  const defaults = await rooms.find({ default: true, t: { $in: ['c', 'p'] } }, options).toArray();
  if (defaults.length === 0 || !(await hasSubscriptions(connection))) return { ids: [], areMore: false };
  const teams = defaults.flatMap(({ teamId, teamMain }) =>
    teamMain === true && teamId !== undefined ? [teamId] : [],
  );
  const ofTeams =
    teams.length === 0
      ? []
      : await rooms
          .find({ teamId: { $in: teams }, teamDefault: true, teamMain: { $exists: false } }, options)
          .toArray();
  const open = [...defaults, ...ofTeams].filter((room) => !isGuarded(room));
  const ids = [...new Set(open.map(({ _id }) => _id))].filter((id: unknown) => typeof id === 'string');
  return { ids: ids.slice(0, MAX_DEFAULT_ROOMS), areMore: ids.length > MAX_DEFAULT_ROOMS };
}

/** Whether newcomers still join it: it may have become private since it was noted at them. */
export function isForNewcomers({ t, default: isDefault, teamDefault, teamMain }: RoomRecord): boolean {
  return (isDefault === true && (t === 'c' || t === 'p')) || (teamDefault === true && teamMain === undefined);
}

/** Whether ABAC says who may be in the room. */
export function isGuarded({ abacAttributes }: Pick<RoomRecord, 'abacAttributes'>): boolean {
  return Array.isArray(abacAttributes) && abacAttributes.length > 0;
}

/** Whether the host knows who is in which room. A write would make the collection. */
async function hasSubscriptions(connection: Connection): Promise<boolean> {
  const { collectionName } = subscriptionCollection(connection);
  const found = await openDatabase(connection)
    .listCollections({ name: collectionName }, { nameOnly: true })
    .toArray();
  return found.length > 0;
}
