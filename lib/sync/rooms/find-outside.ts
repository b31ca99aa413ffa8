import { findSubscribed } from './find-members.js';
import { toPlaceKey, type RoomPlace, type RoomReading } from './room-scene.js';

/** Who is outside of rooms, while people come into them. */
export interface Outside {
  /** Whether somebody is outside the room and may enter it; takes the place, so that nobody enters twice. */
  take(place: RoomPlace, mayEnterIt: () => boolean): boolean;
  /** Whether somebody was in the room already, not banned. */
  wasInside(place: RoomPlace): boolean;
}

export async function findOutside(
  rids: readonly string[],
  userIds: readonly string[],
  scene: RoomReading,
): Promise<Outside> {
  const { inside, barred } = await findSubscribed(rids, userIds, scene);
  const taken = new Set(
    [inside, barred].flatMap((list) =>
      [...list].flatMap(([userId, of]) => [...of].map((rid) => toPlaceKey({ rid, userId }))),
    ),
  );
  return {
    wasInside: ({ rid, userId }) => inside.get(userId)?.has(rid) === true,
    take(place, mayEnterIt) {
      const key = toPlaceKey(place);
      if (taken.has(key) || !mayEnterIt()) return false;
      taken.add(key);
      return true;
    },
  };
}
