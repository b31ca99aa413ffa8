import type { RoomRecord } from '../../../models/room.js';
import { isGuarded } from './default-rooms.js';

/** Why groups bring nobody into a room. */
export type RoomObstacle = 'no-channel' | 'guarded' | 'archived' | 'federated' | 'uncountable';

/** The fields of a room that {@link findRoomObstacle} reads. */
export const OBSTACLE_FIELDS = {
  t: 1,
  abacAttributes: 1,
  archived: 1,
  federated: 1,
  usersCount: 1,
  msgs: 1,
} as const;

/** `undefined`: groups may bring people into it. Pure. */
export function findRoomObstacle(room: RoomRecord): RoomObstacle | undefined {
  if (room.t !== 'c' && room.t !== 'p') return 'no-channel';
  if (isGuarded(room)) return 'guarded';
  if (room.archived === true) return 'archived';
  if (room.federated === true) return 'federated';
  return isCountable(room) ? undefined : 'uncountable';
}

/** Whether members and messages can be added to what the room counts. */
export function isCountable({ usersCount, msgs }: Pick<RoomRecord, 'usersCount' | 'msgs'>): boolean {
  return isNumberOrAbsent(usersCount) && isNumberOrAbsent(msgs);
}

export function isNumberOrAbsent(value: unknown): boolean {
  return value === undefined || typeof value === 'number';
}
