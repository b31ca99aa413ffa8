import type { Connection } from 'mongoose';
import type { SubscriptionRecord } from '../../../models/room.js';
import { findSubscribed, isMember, readSubscriptions } from './find-members.js';
import { findGuardedRooms, readGuardedRooms } from './guarded-rooms.js';
import { readOwnership } from './ownership.js';
import { toPlaceKey } from './room-scene.js';
import type { RoomStore } from './room-store.js';
import { toLeft } from './leave-rooms.js';
import { readTeamLeavers } from './team-leavers.js';
import { findTeamMembers, type TeamPlace } from './team-members.js';
import type { LeaveResult, RoomLeave } from './room-writes.js';

/** A store that reads who is in which room, says what would become of everybody, and writes nothing. */
export function createDryRoomStore(connection: Connection): RoomStore {
  const scene = { connection, tx: undefined };
  /** Who has left in this preview: not all owners leave a room one after the other. */
  const gone = new Map<string, SubscriptionRecord>();
  const goneFromTeams: TeamPlace[] = [];

  async function leave(leaves: readonly RoomLeave[]): Promise<readonly LeaveResult[]> {
    const rids = [...new Set(leaves.map(({ rid }) => rid))];
    const userIds = [...new Set(leaves.map(({ userId }) => userId))];
    const found = await readSubscriptions(rids, userIds, scene);
    const former = [...gone.values()].filter(({ rid }) => rids.includes(rid));
    const ownership = await readOwnership([...former, ...found], scene);
    for (const subscription of former) ownership.leaves(subscription);
    const teams = await readTeamLeavers(leaves, scene, goneFromTeams);
    const there = new Map(found.filter(isMember).map((one) => [toKey(one), one]));
    const results = leaves.map((place): LeaveResult => {
      const key = toPlaceKey(place);
      const subscription = there.get(key);
      if (!subscription) return teams.takeAlone(place) ?? { obstacle: 'not-there' };
      if (gone.has(key)) return { obstacle: 'not-there' };
      const isLastOwner = teams.isLastOwner(place) || !ownership.mayLeave(subscription);
      if (isLastOwner && place.isRevoked !== true) return { obstacle: 'last-owner' };
      ownership.leaves(subscription);
      teams.leaves(place);
      if (place.teamId !== undefined) goneFromTeams.push({ ...place, teamId: place.teamId });
      // Nobody else matters to whoever leaves later; but nobody leaves twice.
      if (subscription.roles !== undefined || place.isRevoked) gone.set(key, subscription);
      return toLeft(subscription, isLastOwner);
    });
    goneFromTeams.push(...teams.takenAlone());
    return results;
  }

  return {
    findSubscribed: (rids, userIds) => findSubscribed(rids, userIds, scene),
    findTeamMembers: (teams, userIds) => findTeamMembers(teams, userIds, scene),
    findGuarded: (userIds) => findGuardedRooms(userIds, scene),
    readGuarded: (rids) => readGuardedRooms(rids, scene),
    begin: () => ({
      // Who owns a channel that is made is in it from the beginning.
      join: (joins) => Promise.resolve(joins.filter(({ room, userId }) => room.making?.ownerId !== userId)),
      leave,
      giveBack: () => Promise.resolve('inside'),
      audit: () => Promise.resolve(),
      writeCounts: () => Promise.resolve(),
    }),
  };
}

function toKey({ rid, u }: SubscriptionRecord): string {
  return toPlaceKey({ rid, userId: u._id });
}
