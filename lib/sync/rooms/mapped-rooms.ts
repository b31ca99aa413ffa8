import type { Connection } from 'mongoose';
import { openDatabase } from '../../../models/database.js';
import { roomCollection, subscriptionCollection } from '../../../models/room.js';
import type { RunProblem } from '../../../models/run-report.js';
import { teamCollection } from '../../../models/team.js';
import { GRANT_SETTINGS } from '../../settings/grant-settings.js';
import type { SyncSettings } from '../../settings/sync-settings.js';
import { findChannels } from './find-channels.js';
import { findTeams } from './find-teams.js';
import type { MappedRoom, RoomKind } from './mapped-room.js';
import { createRoomProblems } from './room-problems.js';
import type { RoomSearch } from './room-search.js';

export type { MappedRoom, RoomKind } from './mapped-room.js';

/** The rooms that the maps of the settings name. */
export interface MappedRooms {
  /** By the name in the map. `undefined`: nobody comes into it or out of it; a problem says why. */
  byName(kind: RoomKind, name: string): MappedRoom | undefined;
  /** Each once, though the map may have several names for it. */
  readonly rooms: readonly MappedRoom[];
  /** What is wrong with the names, bounded. */
  readonly problems: readonly RunProblem[];
}

type FoundRooms = ReadonlyMap<string, MappedRoom>;

type Find = (names: readonly string[], search: RoomSearch) => Promise<FoundRooms>;

const FIND: Readonly<Record<RoomKind, Find>> = { channels: findChannels, teams: findTeams };

/** Finds the rooms that the maps name, once for a run. Writes nothing. */
export async function findMappedRooms(
  grants: Pick<SyncSettings['grants'], RoomKind>,
  options: Omit<RoomSearch, 'problems'>,
): Promise<MappedRooms> {
  const problems = createRoomProblems();
  const search: RoomSearch = { ...options, problems };
  const found = new Map<RoomKind, FoundRooms>();
  for (const kind of Object.keys(FIND) as RoomKind[]) {
    const names = [...new Set([...(grants[kind]?.byGroup.values() ?? [])].flat())];
    if (names.length > 0) found.set(kind, await findRooms(kind, names, search));
  }
  const rooms = [...found.values()].flatMap((ofKind) => [...ofKind.values()]);
  return {
    byName: (kind, name) => found.get(kind)?.get(name),
    rooms: [...new Set(rooms)],
    problems: problems.list(),
  };
}

async function findRooms(kind: RoomKind, names: readonly string[], search: RoomSearch): Promise<FoundRooms> {
  const lacks = await findLacks(kind, search.connection);
  if (lacks.length === 0) return FIND[kind](names, search);
  search.problems.add({
    setting: GRANT_SETTINGS[kind].enable,
    message: `The host has no ${lacks.join(' and no ')}, so groups bring nobody into ${kind}.`,
    remedy:
      'Check that the connection is to the database of the chat server, and start the chat server once; ' +
      `without ${kind} switch ${GRANT_SETTINGS[kind].enable} off.`,
  });
  return new Map();
}

/** The collections without which there are no rooms or teams. A write would make them. */
async function findLacks(kind: RoomKind, connection: Connection): Promise<readonly string[]> {
  const needed = [
    roomCollection(connection).collectionName,
    subscriptionCollection(connection).collectionName,
    ...(kind === 'teams' ? [teamCollection(connection).collectionName] : []),
  ];
  const there = await openDatabase(connection)
    .listCollections({ name: { $in: needed } }, { nameOnly: true })
    .toArray();
  const names = new Set(there.map(({ name }) => name));
  return needed.filter((name) => !names.has(name));
}
