import { messageCollection } from '../../../models/message.js';
import { subscriptionCollection, type RoomRecord, type SubscriptionRecord } from '../../../models/room.js';
import { LOOK_UP_BATCH, toBatches } from '../../batches.js';
import { within } from '../run/transaction.js';
import { isMember, readSubscriptions } from './find-members.js';
import { readTeamLeavers } from './team-leavers.js';
import { readOwnership } from './ownership.js';
import { readComers, readRooms, type Comer } from './read-rooms.js';
import type { RoomCounts } from './room-counts.js';
import type { LeaveResult, RoomLeave } from './room-leave.js';
import { toPlaceKey, type RoomScene } from './room-scene.js';
import { toPersonRecord } from './subscription.js';
import { leaveMessageOf, toSystemMessage } from './system-message.js';
import { takeTeamMembers } from './team-members.js';
import { throwAway } from './trash.js';
import { takeRooms } from './user-rooms.js';

interface Departure {
  readonly room: RoomRecord;
  readonly isRevoked: boolean;
  readonly subscription: SubscriptionRecord;
  /** Absent where the user is gone. */
  readonly user?: Comer | undefined;
}

/**
 * People leave rooms as Rocket.Chat writes it: a message, the subscription in the trash and deleted, the room
 * taken off the list of each user, and of a team's main room the membership in the team, which is taken from whoever
 * has no subscription of the main room, too. Beyond Rocket.Chat,
 * nobody leaves a room without an owner, but who may not be in it any more. Gives what became of each, in their order.
 */
export async function leaveRooms(
  leaves: readonly RoomLeave[],
  scene: RoomScene,
  counts: RoomCounts,
): Promise<readonly LeaveResult[]> {
  const rids = [...new Set(leaves.map(({ rid }) => rid))];
  const userIds = [...new Set(leaves.map(({ userId }) => userId))];
  const rooms = await readRooms(rids, scene);
  const subscriptions = new Map(
    (await readSubscriptions(rids, userIds, scene)).map((one) => [toKey(one), one] as const),
  );
  const users = await readComers(userIds, scene);
  const ownership = await readOwnership([...subscriptions.values()], scene);
  const teams = await readTeamLeavers(leaves, scene);
  const departures: Departure[] = [];
  const results = leaves.map((leave): LeaveResult => {
    const room = rooms.get(leave.rid);
    const subscription = subscriptions.get(toPlaceKey(leave));
    if (!room || !isLeavable(room)) return { obstacle: 'not-there' };
    const isOfTeam = isMainRoomOf(room, leave);
    if (!subscription || !isMember(subscription))
      return (isOfTeam ? teams.takeAlone(leave) : undefined) ?? { obstacle: 'not-there' };
    const isRevoked = leave.isRevoked === true;
    const isLastOwner = (isOfTeam && teams.isLastOwner(leave)) || !ownership.mayLeave(subscription);
    if (isLastOwner && !isRevoked) return { obstacle: 'last-owner' };
    ownership.leaves(subscription);
    if (isOfTeam) teams.leaves(leave);
    subscriptions.delete(toPlaceKey(leave));
    departures.push({ room, subscription, user: users.get(leave.userId), isRevoked });
    return toLeft(subscription, isLastOwner);
  });
  await write(departures, scene);
  await takeTeamMembers(teams.takenAlone(), scene);
  for (const departure of departures) note(departure, scene, counts);
  return results;
}

export function toLeft({ _id }: Pick<SubscriptionRecord, '_id'>, isLastOwner: boolean): LeaveResult {
  const left = { state: 'left', subscriptionId: _id } as const;
  return isLastOwner ? { ...left, leavesNoOwner: true } : left;
}

/** Conversations are not for groups to take. */
function isLeavable({ t }: Pick<RoomRecord, 't'>): boolean {
  return t === 'c' || t === 'p';
}

async function write(departures: readonly Departure[], scene: RoomScene): Promise<void> {
  if (departures.length === 0) return;
  const { connection, tx } = scene;
  if (scene.sendsMessages) {
    const messages = departures.map((departure) => toMessage(departure, scene));
    await messageCollection(connection).insertMany(messages, within(tx));
  }
  const subscriptions = departures.map(({ subscription }) => subscription);
  await throwAway('subscription', subscriptions, scene);
  const ids = subscriptions.map(({ _id }) => _id);
  for (const batch of toBatches(ids, LOOK_UP_BATCH))
    await subscriptionCollection(connection).deleteMany({ _id: { $in: batch } }, within(tx));
  await takeRooms(
    subscriptions.map(({ rid, u }) => ({ rid, userId: u._id })),
    scene,
  );
  await takeTeamMembers(departures.flatMap(toTeamPlace), scene);
}

function toMessage({ room, subscription, user, isRevoked }: Departure, scene: RoomScene) {
  const about = toPersonRecord(user ?? subscription.u);
  return toSystemMessage({ t: leaveMessageOf(room, isRevoked), rid: room._id, about }, scene);
}

/** The room may have become another team's since the run has looked. */
function isMainRoomOf({ teamId, teamMain }: RoomRecord, leave: RoomLeave): boolean {
  return teamMain === true && teamId === leave.teamId;
}

function toTeamPlace({ room, subscription }: Departure) {
  const { _id: rid, teamId, teamMain } = room;
  return teamMain === true && typeof teamId === 'string' ? [{ teamId, rid, userId: subscription.u._id }] : [];
}

function note(
  { room, subscription }: Departure,
  { sendsMessages, usesEncryption = false }: RoomScene,
  counts: RoomCounts,
): void {
  counts.note(room, {
    members: -1,
    messages: sendsMessages ? 1 : 0,
    ...(usesEncryption && room.encrypted === true ? { waitsNoMore: subscription.u._id } : {}),
  });
}

function toKey({ rid, u }: SubscriptionRecord): string {
  return toPlaceKey({ rid, userId: u._id });
}
