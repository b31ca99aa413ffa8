import { toPlaceKey, type RoomReading } from './room-scene.js';
import type { LeaveResult, RoomLeave } from './leave-rooms.js';
import { readTeamMembers, readTeamOwners, type TeamPlace } from './team-members.js';

/** Members of teams who have no subscription of the main room: it was deleted, or they are banned from it. */
export interface LoneMembers {
  /** The user leaves the team, unless it would have no owner then; `undefined` for whoever is no member. */
  take(leave: RoomLeave): LeaveResult | undefined;
  /** Who leaves. */
  taken(): readonly TeamPlace[];
}

/**
 * Reads the members of teams among those who are to leave their main rooms. `left`: who has left in this preview, of whom
 * nothing is written.
 */
export async function readLoneMembers(
  leaves: readonly RoomLeave[],
  scene: RoomReading,
  left: readonly TeamPlace[] = [],
): Promise<LoneMembers> {
  const places = new Map(leaves.flatMap(toPlace));
  const members = await readTeamMembers([...places.values()], scene);
  const owners = await readTeamOwners([...new Set(members.map(({ teamId }) => teamId))], scene);
  const there = new Set(members.map(({ teamId, userId }) => toKey(teamId, userId)));
  const taken: TeamPlace[] = [];
  for (const { teamId, userId } of left) {
    owners.get(teamId)?.delete(userId);
    there.delete(toKey(teamId, userId));
  }
  return {
    take(leave) {
      const place = places.get(toPlaceKey(leave));
      if (!place || !there.has(toKey(place.teamId, place.userId))) return undefined;
      const own = owners.get(place.teamId);
      if (leave.isRevoked !== true && own?.has(place.userId) && own.size === 1)
        return { obstacle: 'last-owner' };
      own?.delete(place.userId);
      there.delete(toKey(place.teamId, place.userId));
      taken.push(place);
      return { state: 'left-team' };
    },
    taken: () => taken,
  };
}

function toPlace(leave: RoomLeave): readonly (readonly [string, TeamPlace])[] {
  const { rid, userId, teamId } = leave;
  return teamId === undefined ? [] : [[toPlaceKey(leave), { teamId, rid, userId }]];
}

function toKey(teamId: string, userId: string): string {
  return `${teamId}\0${userId}`;
}
