import type { MappedRoom } from '../rooms/mapped-room.js';
import type { RoomJoin, RoomWrites } from '../rooms/room-writes.js';
import type { PersonTask } from './person-task.js';

/**
 * The people of the tasks join the rooms that groups give them. Gives the tasks, with the rooms that each has really
 * joined: somebody may be inside by now.
 */
export async function joinRooms(
  tasks: readonly PersonTask[],
  writer: Pick<RoomWrites, 'join'>,
): Promise<readonly PersonTask[]> {
  const joins = tasks.flatMap(toJoins);
  if (joins.length === 0) return tasks;
  const byUser = new Map<string, MappedRoom[]>();
  for (const { room, userId } of await writer.join(joins)) {
    const joined = byUser.get(userId) ?? [];
    joined.push(room);
    byUser.set(userId, joined);
  }
  return tasks.map((task) => {
    const joined = byUser.get(task.user?._id ?? '') ?? [];
    return joined.length === 0 ? task : { ...task, joined, isChanged: true };
  });
}

function toJoins({ user, memberships, failure }: PersonTask): readonly RoomJoin[] {
  if (!user || failure) return [];
  return memberships.joins.map((room) => ({ room, userId: user._id }));
}
