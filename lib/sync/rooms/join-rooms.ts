import { isActive } from '../../../models/active-user.js';
import type { RoomRecord } from '../../../models/room.js';
import { admit, type Admission } from './admit.js';
import { findOutside, type Outside } from './find-outside.js';
import { makeChannel } from './make-channel.js';
import type { MappedRoom } from './mapped-room.js';
import { mayEnter, readComers, readRooms, type Comer } from './read-rooms.js';
import type { RoomCounts } from './room-counts.js';
import { findRoomObstacle } from './room-obstacle.js';
import { toPlaceKey, type RoomScene } from './room-scene.js';
import { ROCKET_CAT } from './system-message.js';
import { addTeamMembers, findTeamMembers } from './team-members.js';

export interface RoomJoin {
  readonly room: MappedRoom;
  readonly userId: string;
}

/**
 * People join the rooms that groups give them: channels by themselves, teams by rocket.cat, who brings them
 * into the rooms that belong to the team, too. Gives those who have really joined.
 */
export async function joinRooms(
  joins: readonly RoomJoin[],
  scene: RoomScene,
  counts: RoomCounts,
): Promise<readonly RoomJoin[]> {
  const comers = await readComers(
    joins.map(({ userId }) => userId),
    scene,
  );
  const able = joins.flatMap((join) => {
    const user = comers.get(join.userId);
    return user && isActive(user) && mayEnter(user) ? [{ join, user }] : [];
  });
  if (able.length === 0) return [];
  const rids = able.flatMap(({ join: { room } }) => [room.rid, ...room.alsoJoins]);
  const rooms = await readRooms(rids, scene);
  const outside = await findOutside([...new Set(rids)], [...comers.keys()], scene);

  const entering = able.filter(({ join: { room, userId } }) =>
    outside.take({ rid: room.rid, userId }, () => isOpen(rooms.get(room.rid), room)),
  );
  await makeMissing(entering, rooms, scene);
  const arriving = entering.filter(
    ({ join: { room, userId } }) => rooms.has(room.rid) && userId !== room.making?.ownerId,
  );
  const direct = arriving.map(({ join, user }) => toAdmission(join.room, rooms, user));
  const joined = [...arriving, ...(await findStrangers(able, { rooms, outside }, scene))];
  const along = joined.flatMap(({ join: { room, userId }, user }) =>
    room.alsoJoins.flatMap((rid): readonly Admission[] => {
      const other = rooms.get(rid);
      const isFit = (): boolean => isOpenWithTeam(other, room);
      return other && outside.take({ rid, userId }, isFit)
        ? [{ room: other, user, inviter: ROCKET_CAT }]
        : [];
    }),
  );
  await admit([...direct, ...along], scene, counts);
  await addTeamMembers(
    joined.flatMap(({ join: { room, userId } }) =>
      room.teamId === undefined ? [] : [{ teamId: room.teamId, rid: room.rid, userId }],
    ),
    scene,
  );
  return joined.map(({ join }) => join);
}

interface Able {
  readonly join: RoomJoin;
  readonly user: Comer;
}

/** Who is in the main room of a team, a default room perhaps, and no member of the team. */
async function findStrangers(
  able: readonly Able[],
  { rooms, outside }: { readonly rooms: ReadonlyMap<string, RoomRecord>; readonly outside: Outside },
  scene: RoomScene,
): Promise<readonly Able[]> {
  const asked = able.filter(
    ({ join: { room, userId } }) =>
      room.teamId !== undefined &&
      outside.wasInside({ rid: room.rid, userId }) &&
      isOpen(rooms.get(room.rid), room),
  );
  const teams = asked.map(({ join: { room } }) => ({ rid: room.rid, teamId: room.teamId as string }));
  const userIds = asked.map(({ join }) => join.userId);
  const members = await findTeamMembers(teams, [...new Set(userIds)], scene);
  const strangers = asked.filter(({ join: { room, userId } }) => members.get(userId)?.has(room.rid) !== true);
  // Nobody joins twice.
  const toKey = ({ join: { room, userId } }: Able): string => toPlaceKey({ rid: room.rid, userId });
  return [...new Map(strangers.map((one) => [toKey(one), one])).values()];
}

/** The room may have changed since the run has looked. */
function isOpen(room: RoomRecord | undefined, { teamId, isToBeMade }: MappedRoom): boolean {
  if (!room) return isToBeMade;
  if (findRoomObstacle(room)) return false;
  return teamId === undefined ? room.teamMain !== true : room.teamMain === true && room.teamId === teamId;
}

function isOpenWithTeam(room: RoomRecord | undefined, { teamId }: MappedRoom): boolean {
  return (
    room !== undefined &&
    !findRoomObstacle(room) &&
    room.teamId === teamId &&
    room.teamDefault === true &&
    room.teamMain === undefined
  );
}

/** Channels that are still missing, for those who enter them. */
async function makeMissing(
  entering: readonly Able[],
  rooms: Map<string, RoomRecord>,
  scene: RoomScene,
): Promise<void> {
  const wanted = new Map(entering.map(({ join: { room } }) => [room.rid, room]));
  for (const [rid, mapped] of wanted) {
    if (rooms.has(rid)) continue;
    const made = await makeChannel(mapped, scene);
    if (made) rooms.set(rid, made);
  }
}

function toAdmission(mapped: MappedRoom, rooms: ReadonlyMap<string, RoomRecord>, user: Comer): Admission {
  const room = rooms.get(mapped.rid) as RoomRecord;
  return { room, user, ...(mapped.kind === 'teams' ? { inviter: ROCKET_CAT } : {}) };
}
