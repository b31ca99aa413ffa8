import { subscriptionCollection, type RoomRecord, type SubscriptionRecord } from '../../../models/room.js';
import { trashCollection, type TrashRecord } from '../../../models/trash.js';
import { within } from '../run/transaction.js';
import { noteArrival, orConflict, tellJoins } from './admit.js';
import { findSubscribed } from './find-members.js';
import type { RoomLeave } from './room-leave.js';
import { mayEnter, readComers, readRooms, type Comer } from './read-rooms.js';
import type { RoomCounts } from './room-counts.js';
import { findRoomObstacle } from './room-obstacle.js';
import type { RoomScene } from './room-scene.js';
import { toPersonRecord } from './subscription.js';
import { ROCKET_CAT } from './system-message.js';
import { findTeamMembers, giveTeamMemberBack } from './team-members.js';
import { takeOut } from './trash.js';
import { addRooms, setPriority } from './user-rooms.js';

/** A leave that is taken back. */
export interface GivenBack extends RoomLeave {
  /** Of the subscription that was deleted; absent where the user had none, and left the team alone. */
  readonly subscriptionId?: string;
  /** The attributes of the user are what the room asks for (ABAC). @default nobody comes back into such a room */
  readonly isAllowed?: true;
}

/**
 * Gives a subscription back from the trash, with its unread state and its roles. `gone`: the trash no longer
 * has it, or the room is gone or no longer for everybody, or the user is; `inside`: the user has a subscription
 * of the room, be it that of somebody who is banned.
 */
export async function giveBack(
  { rid, userId, teamId, subscriptionId, isAllowed }: GivenBack,
  scene: RoomScene,
  counts: RoomCounts,
): Promise<'back' | 'gone' | 'inside'> {
  const { connection, tx } = scene;
  const room = (await readRooms([rid], scene)).get(rid);
  const user = (await readComers([userId], scene)).get(userId);
  if (subscriptionId === undefined)
    return giveTeamBack({ rid, userId, teamId, isAllowed, room, user }, scene);
  const { inside, barred } = await findSubscribed([rid], [userId], scene);
  if (inside.size > 0 || barred.size > 0) return 'inside';
  const trash = trashCollection(connection);
  const filter = { _id: subscriptionId, __collection__: 'subscription', rid, 'u._id': userId } as const;
  const kept = await trash.findOne(filter, within(tx));
  if (!room || !isFit(room, isAllowed) || !user || !mayEnter(user) || !kept) return 'gone';

  const subscription = restore(kept, { room, user, now: scene.now });
  await orConflict(() => subscriptionCollection(connection).insertOne(subscription, within(tx)));
  await trash.deleteOne({ _id: subscriptionId }, within(tx));
  await addRooms([{ rid, userId }], scene);
  await setPriority({ rid, userId }, subscription.roles, scene);
  const isTeam = room.teamMain === true && typeof room.teamId === 'string';
  if (isTeam) await giveTeamMemberBack({ teamId: room.teamId as string, rid, userId }, scene);
  await tellJoins([{ room, user, ...(isTeam ? { inviter: ROCKET_CAT } : {}) }], scene);
  noteArrival(room, user, { scene, counts, hasKey: 'E2EKey' in subscription });
  return 'back';
}

interface TeamLeft extends Omit<GivenBack, 'subscriptionId'> {
  readonly room: RoomRecord | undefined;
  readonly user: Comer | undefined;
}

/** The membership of whoever has no subscription of the main room. */
async function giveTeamBack(
  { rid, userId, teamId, isAllowed, room, user }: TeamLeft,
  scene: RoomScene,
): Promise<'back' | 'gone' | 'inside'> {
  // The room may have become another team's.
  if (teamId === undefined || room?.teamMain !== true || room.teamId !== teamId) return 'gone';
  if (!isFit(room, isAllowed) || !user || !mayEnter(user)) return 'gone';
  if ((await findTeamMembers([{ teamId, rid }], [userId], scene)).size > 0) return 'inside';
  await giveTeamMemberBack({ teamId, rid, userId }, scene);
  return 'back';
}

/** A room of which nothing can be counted is one for who was in it. */
function isFit(room: RoomRecord, isAllowed = false): boolean {
  const obstacle = findRoomObstacle(room);
  if (obstacle === 'guarded') return isAllowed;
  return obstacle === undefined || obstacle === 'uncountable' || obstacle === 'archived';
}

interface Present {
  readonly room: RoomRecord;
  readonly user: Comer;
  readonly now: Date;
}

/** As it was, but for what has been renamed since; what it did not have it does not get. */
function restore(kept: TrashRecord, { room, user, now }: Present): SubscriptionRecord {
  const document = takeOut(kept, []) as unknown as SubscriptionRecord;
  const u = { ...document.u, ...pickKnown(document.u, toPersonRecord(user)) };
  const { name, fname, t } = room;
  return { ...document, ...pickKnown(document, { name, fname }), t, u, _updatedAt: now };
}

function pickKnown<T extends object>(known: object, present: T): Partial<T> {
  const fields = Object.entries(present).filter(
    ([field, value]) => value !== undefined && Object.hasOwn(known, field),
  );
  return Object.fromEntries(fields) as Partial<T>;
}
