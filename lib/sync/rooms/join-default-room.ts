import { admit } from './admit.js';
import { isForNewcomers, isGuarded } from './default-rooms.js';
import { findSubscribed } from './find-members.js';
import { mayEnter, readComers, readRooms } from './read-rooms.js';
import { createRoomCounts } from './room-counts.js';
import { isCountable } from './room-obstacle.js';
import type { RoomScene } from './room-scene.js';

/** The document of a room cannot count members. */
export class UncountableRoom extends Error {
  override readonly name = 'UncountableRoom';
}

/**
 * Newcomers join a default room silently, and without becoming members of the team whose main room it may be,
 * as in Rocket.Chat. Who is in the room already, or no longer a user, is left out, and nobody joins a room that
 * is gone or guarded by ABAC, or is no default room any more. Says how many have joined.
 */
export async function joinDefaultRoom(
  rid: string,
  userIds: readonly string[],
  place: Pick<RoomScene, 'connection' | 'tx' | 'now'>,
): Promise<number> {
  const scene: RoomScene = { ...place, sendsMessages: false };
  const room = (await readRooms([rid], scene)).get(rid);
  if (!room || isGuarded(room) || !isForNewcomers(room)) return 0;
  const { inside, barred } = await findSubscribed([rid], userIds, scene);
  const comers = await readComers(
    userIds.filter((id) => !inside.has(id) && !barred.has(id)),
    scene,
  );
  const joining = [...comers.values()].filter(mayEnter);
  if (joining.length === 0) return 0;
  if (!isCountable(room)) throw new UncountableRoom(`usersCount or msgs of the room ${rid} is no number.`);
  const counts = createRoomCounts(scene);
  const admissions = joining.map((user) => ({ room, user, isDefault: true }));
  await admit(admissions, scene, counts);
  await counts.write();
  return joining.length;
}
