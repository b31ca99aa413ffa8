import { roomCollection, type RoomRecord } from '../../../models/room.js';
import type { RunProblem } from '../../../models/run-report.js';
import { teamCollection, type TeamRecord } from '../../../models/team.js';
import { LOOK_UP_BATCH, toBatches } from '../../batches.js';
import { GRANT_SETTINGS } from '../../settings/grant-settings.js';
import { MAX_DEFAULT_ROOMS } from './default-rooms.js';
import type { MappedRoom } from './mapped-room.js';
import { findRoomObstacle, OBSTACLE_FIELDS, type RoomObstacle } from './room-obstacle.js';
import type { RoomSearch } from './room-search.js';

const SETTING = GRANT_SETTINGS.teams.map;
const FIELDS = { ...OBSTACLE_FIELDS, name: 1, fname: 1, teamId: 1, teamMain: 1 } as const;

/** Teams by their exact names, with the rooms that are joined with each. */
export async function findTeams(
  names: readonly string[],
  { connection, problems }: RoomSearch,
): Promise<ReadonlyMap<string, MappedRoom>> {
  const teams = await readTeams(names, connection);
  const mainRooms = await readMainRooms([...teams.values()], connection);
  const alsoJoined = await readAlsoJoined(
    [...teams.values()].map(({ _id }) => _id),
    connection,
  );
  const found = new Map<string, MappedRoom>();
  for (const name of names) {
    const team = teams.get(name);
    const room = team && mainRooms.get(team._id);
    const flaw = findFlaw(team, room);
    if (flaw) problems.name(SETTING, flaw, name);
    if (flaw || !team || !room) continue;
    const along = alsoJoined.get(team._id) ?? [];
    if (along.length > MAX_DEFAULT_ROOMS) problems.add(toManyRooms(name));
    found.set(name, toMapped({ name, teamId: team._id, room, along: along.slice(0, MAX_DEFAULT_ROOMS) }));
  }
  return found;
}

function findFlaw(
  team: TeamRecord | undefined,
  room: RoomRecord | undefined,
): RoomObstacle | 'no-team' | 'no-main-room' | undefined {
  if (!team) return 'no-team';
  return room ? findRoomObstacle(room) : 'no-main-room';
}

function toManyRooms(name: string): RunProblem {
  return {
    setting: SETTING,
    message:
      `More than ${MAX_DEFAULT_ROOMS} rooms are joined with the team ${JSON.stringify(name)}; whoever comes ` +
      `into it joins the first ${MAX_DEFAULT_ROOMS}.`,
    remedy: 'Let fewer rooms be joined automatically, or add people to the others in the chat server.',
  };
}

interface FoundTeam {
  readonly name: string;
  readonly teamId: string;
  readonly room: RoomRecord;
  readonly along: readonly string[];
}

function toMapped({ name, teamId, room, along }: FoundTeam): MappedRoom {
  const { _id: rid, fname } = room;
  const shown = typeof fname === 'string' && fname !== '' ? fname : name;
  return { kind: 'teams', name, rid, shown, isToBeMade: false, teamId, alsoJoins: along };
}

async function readTeams(
  names: readonly string[],
  connection: RoomSearch['connection'],
): Promise<ReadonlyMap<string, TeamRecord>> {
  const teams = new Map<string, TeamRecord>();
  const options = { projection: { name: 1, roomId: 1 } } as const;
  for (const batch of toBatches(names, LOOK_UP_BATCH))
    for await (const team of teamCollection(connection).find({ name: { $in: batch } } as object, options))
      if (typeof team.name === 'string' && typeof (team._id as unknown) === 'string')
        teams.set(team.name, team);
  return teams;
}

/** By the ids of the teams; a room that does not say that it belongs to the team is none. */
async function readMainRooms(
  teams: readonly TeamRecord[],
  connection: RoomSearch['connection'],
): Promise<ReadonlyMap<string, RoomRecord>> {
  const rids = teams.flatMap(({ roomId }) => (typeof roomId === 'string' ? [roomId] : []));
  const rooms = new Map<string, RoomRecord>();
  for (const batch of toBatches(rids, LOOK_UP_BATCH)) {
    const found = roomCollection(connection).find({ _id: { $in: batch } }, { projection: FIELDS });
    for await (const room of found) rooms.set(room._id, room);
  }
  return new Map(
    teams.flatMap(({ _id, roomId }) => {
      const room = typeof roomId === 'string' ? rooms.get(roomId) : undefined;
      return room?.teamMain === true && room.teamId === _id ? [[_id, room] as const] : [];
    }),
  );
}

/** By the ids of the teams: one more than may be joined at most. */
async function readAlsoJoined(
  teamIds: readonly string[],
  connection: RoomSearch['connection'],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const along = new Map<string, string[]>();
  for (const batch of toBatches(teamIds, LOOK_UP_BATCH)) {
    const filter = { teamId: { $in: batch }, teamDefault: true, teamMain: { $exists: false } };
    const rooms = roomCollection(connection).find(filter, { projection: FIELDS, sort: { _id: 1 } });
    for await (const room of rooms) {
      const { _id, teamId = '' } = room;
      const list = along.get(teamId) ?? [];
      along.set(teamId, list);
      const isFit = typeof (_id as unknown) === 'string' && !findRoomObstacle(room);
      if (isFit && list.length <= MAX_DEFAULT_ROOMS) list.push(_id);
    }
  }
  return along;
}
