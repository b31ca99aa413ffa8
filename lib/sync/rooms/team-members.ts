import { mongo } from 'mongoose';
import { teamMemberCollection, type TeamMemberRecord } from '../../../models/team.js';
import { trashCollection } from '../../../models/trash.js';
import { LOOK_UP_BATCH, toBatches } from '../../batches.js';
import { within } from '../run/transaction.js';
import { orConflict } from './admit.js';
import type { RoomReading, RoomScene } from './room-scene.js';
import { ROCKET_CAT } from './system-message.js';
import { takeOut, throwAway } from './trash.js';

/** Somebody in a team. */
export interface TeamPlace {
  readonly teamId: string;
  /** The main room of the team. */
  readonly rid: string;
  readonly userId: string;
}

/** A team, as its main room stands for it. */
export type TeamRoom = Pick<TeamPlace, 'teamId' | 'rid'>;

/** The main rooms of those of these teams that each of these users is a member of; who is in none is absent. */
export async function findTeamMembers(
  teams: readonly TeamRoom[],
  userIds: readonly string[],
  { connection, tx }: Partial<RoomReading> & Pick<RoomReading, 'connection'>,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const rooms = new Map(teams.map(({ teamId, rid }) => [teamId, rid]));
  const found = new Map<string, Set<string>>();
  if (rooms.size === 0) return found;
  const options = { ...within(tx), projection: { teamId: 1, userId: 1 } } as const;
  for (const batch of toBatches(userIds, LOOK_UP_BATCH)) {
    const filter = { teamId: { $in: [...rooms.keys()] }, userId: { $in: batch } };
    for await (const { teamId, userId } of teamMemberCollection(connection).find(filter, options)) {
      const rid = rooms.get(teamId);
      if (rid !== undefined) found.set(userId, (found.get(userId) ?? new Set()).add(rid));
    }
  }
  return found;
}

/** People become plain members of teams; who is one already stays what they are. */
export async function addTeamMembers(places: readonly TeamPlace[], scene: RoomScene): Promise<void> {
  const known = new Set((await readTeamMembers(places, scene)).map(toKey));
  const members = places.filter((place) => !known.has(toKey(place))).map((place) => toMember(place, scene));
  if (members.length === 0) return;
  const { connection, tx } = scene;
  await orConflict(() => teamMemberCollection(connection).insertMany(members, within(tx)));
}

/**
 * People leave teams. Rocket.Chat keeps nothing of it; here the documents stay in the trash, so that who comes
 * back has the roles in the team again.
 */
export async function takeTeamMembers(places: readonly TeamPlace[], scene: RoomScene): Promise<void> {
  const members = await readTeamMembers(places, scene);
  if (members.length === 0) return;
  const { connection, tx } = scene;
  const rooms = new Map(places.map((place) => [toKey(place), place.rid]));
  const discarded = members.map((member) => ({ ...member, rid: rooms.get(toKey(member)) }));
  await throwAway('team_member', discarded, scene);
  const ids = members.map(({ _id }) => _id);
  await teamMemberCollection(connection).deleteMany({ _id: { $in: ids } }, within(tx));
}

/** The membership as it was, or a plain one. */
export async function giveTeamMemberBack(place: TeamPlace, scene: RoomScene): Promise<void> {
  if ((await readTeamMembers([place], scene)).length > 0) return;
  const { connection, tx, now } = scene;
  const { teamId, rid, userId } = place;
  const trash = trashCollection(connection);
  const filter = { rid, __collection__: 'team_member', teamId, userId } as const;
  const kept = await trash.findOne(filter, { ...within(tx), sort: { _deletedAt: -1 } });
  if (!kept) return addTeamMembers([place], scene);
  const restored = { ...takeOut(kept, ['rid']), _updatedAt: now } as unknown as TeamMemberRecord;
  await orConflict(() => teamMemberCollection(connection).insertOne(restored, within(tx)));
  await trash.deleteOne({ _id: kept._id }, within(tx));
}

function toMember({ teamId, userId }: TeamPlace, { now }: Pick<RoomScene, 'now'>): TeamMemberRecord {
  return {
    _id: new mongo.ObjectId().toHexString(),
    teamId,
    userId,
    createdAt: now,
    createdBy: ROCKET_CAT,
    _updatedAt: now,
  };
}

/** The memberships of these users in these teams. */
export async function readTeamMembers(
  places: readonly TeamPlace[],
  { connection, tx }: RoomReading,
): Promise<readonly TeamMemberRecord[]> {
  const wanted = new Set(places.map(toKey));
  const teamIds = [...new Set(places.map(({ teamId }) => teamId))];
  const userIds = [...new Set(places.map(({ userId }) => userId))];
  const found: TeamMemberRecord[] = [];
  for (const batch of toBatches(userIds, LOOK_UP_BATCH)) {
    const filter = { teamId: { $in: teamIds }, userId: { $in: batch } };
    found.push(...(await teamMemberCollection(connection).find(filter, within(tx)).toArray()));
  }
  return found.filter((member) => wanted.has(toKey(member)));
}

/** Who owns these teams. */
export async function readTeamOwners(
  teamIds: readonly string[],
  { connection, tx }: RoomReading,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const owners = new Map<string, string[]>();
  if (teamIds.length === 0) return owners;
  const filter = { teamId: { $in: [...teamIds] }, roles: 'owner' };
  const options = { ...within(tx), projection: { teamId: 1, userId: 1 } } as const;
  for await (const { teamId, userId } of teamMemberCollection(connection).find(filter, options))
    owners.set(teamId, [...(owners.get(teamId) ?? []), userId]);
  return owners;
}

function toKey({ teamId, userId }: Pick<TeamPlace, 'teamId' | 'userId'>): string {
  return `${teamId}\0${userId}`;
}
