import { readStates } from '../users/switching/users-off.js';
import type { LeaveResult, RoomLeave } from './room-leave.js';
import { toPlaceKey, type RoomReading } from './room-scene.js';
import { createOwners, type Owners } from './ownership.js';
import { readTeamMembers, readTeamOwners, type TeamPlace } from './team-members.js';

/**
 * The members of teams among those who leave the main rooms: also those who have no subscription of it, because it was
 * deleted or they are banned.
 */
export interface TeamLeavers {
  /** Whether the team would have no owner without the user. */
  isLastOwner(leave: RoomLeave): boolean;
  /** The user leaves the team with its main room. */
  leaves(leave: RoomLeave): void;
  /** Somebody without a subscription leaves the team alone; `undefined` for whoever is no member. */
  takeAlone(leave: RoomLeave): LeaveResult | undefined;
  /** Who leaves the team alone. */
  takenAlone(): readonly TeamPlace[];
}

/** `left`: who has left in this preview, of whom nothing is written. */
export async function readTeamLeavers(
  leaves: readonly RoomLeave[],
  scene: RoomReading,
  left: readonly TeamPlace[] = [],
): Promise<TeamLeavers> {
  const places = new Map(leaves.flatMap(toPlace));
  const members = await readTeamMembers([...places.values()], scene);
  const owners = await readOwners([...new Set(members.map(({ teamId }) => teamId))], scene);
  const there = new Set(members.map(({ teamId, userId }) => toKey(teamId, userId)));
  const takenAlone: TeamPlace[] = [];
  const goes = ({ teamId, userId }: TeamPlace): void => {
    owners.leaves(teamId, userId);
    there.delete(toKey(teamId, userId));
  };
  for (const place of left) goes(place);
  const find = (leave: RoomLeave): TeamPlace | undefined => {
    const place = places.get(toPlaceKey(leave));
    return place && there.has(toKey(place.teamId, place.userId)) ? place : undefined;
  };
  return {
    isLastOwner(leave) {
      const place = find(leave);
      return place !== undefined && owners.isLast(place.teamId, place.userId);
    },
    leaves(leave) {
      const place = find(leave);
      if (place) goes(place);
    },
    takeAlone(leave) {
      const place = find(leave);
      if (!place) return undefined;
      if (leave.isRevoked !== true && owners.isLast(place.teamId, place.userId))
        return { obstacle: 'last-owner' };
      goes(place);
      takenAlone.push(place);
      return { state: 'left-team' };
    },
    takenAlone: () => takenAlone,
  };
}

async function readOwners(teamIds: readonly string[], { connection, tx }: RoomReading): Promise<Owners> {
  const owners = await readTeamOwners(teamIds, { connection, tx });
  const states = await readStates(connection, [...new Set([...owners.values()].flat())], tx);
  return createOwners(
    new Map(
      [...owners].map(([teamId, ids]) => [
        teamId,
        { on: ids.filter((id) => states.on.has(id)), off: ids.filter((id) => states.off.has(id)) },
      ]),
    ),
  );
}

function toPlace(leave: RoomLeave): readonly (readonly [string, TeamPlace])[] {
  const { rid, userId, teamId } = leave;
  return teamId === undefined ? [] : [[toPlaceKey(leave), { teamId, rid, userId }]];
}

function toKey(teamId: string, userId: string): string {
  return `${teamId}\0${userId}`;
}
