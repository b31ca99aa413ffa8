import { isActive } from '../../../models/active-user.js';
import type { RemovalRow } from '../../../models/change-row.js';
import type { UserRecord } from '../../../models/user.js';
import { isFederated } from '../plan/merge-obstacles.js';
import type { GivenBack, RoomLeave, RoomWrites } from '../rooms/room-writes.js';
import { isAboutAccess } from './follow-access.js';
import type { RoomMove } from './kinds/removal-kind.js';
import type { Manner, RemovalItem } from './removal-unit.js';
import { isLinkedById } from './row-identity.js';

export type RoomMoves = ReadonlyMap<RemovalItem, RoomMove>;

interface Dependencies {
  readonly manner: Pick<Manner, 'moves'>;
  readonly present: ReadonlyMap<string, UserRecord>;
  readonly writer: RoomWrites;
}

/**
 * Takes people out of rooms, or brings them back; says what became of each. Nobody is taken out who is off, is an
 * account of another server, or was unlinked or linked to another entry since the look-up: nothing is said of them.
 */
export async function moveRooms(
  items: readonly RemovalItem[],
  { manner: { moves }, present, writer }: Dependencies,
): Promise<RoomMoves> {
  const moved = new Map<RemovalItem, RoomMove>();
  if (moves === 'give-back')
    for (const item of items) {
      const back = toBack(item.row);
      if (back && present.has(back.userId)) moved.set(item, { state: await writer.giveBack(back) });
    }
  if (moves !== 'leave') return moved;
  const leaving = items.flatMap((item) => {
    const leave = toLeave(item.row);
    const user = present.get(item.row.userId);
    return leave && user && mayLeave(user, item.row) ? [{ item, leave }] : [];
  });
  if (leaving.length === 0) return moved;
  const results = await writer.leave(leaving.map(({ leave }) => leave));
  for (const [index, { item }] of leaving.entries()) {
    const result = results[index];
    if (result) moved.set(item, result);
  }
  return moved;
}

function mayLeave(user: UserRecord, row: RemovalRow): boolean {
  return isActive(user) && !isFederated(user) && isLinkedById(user, row);
}

/** Whether something is written of rooms, or of the access to them. */
export function isAboutRooms({ row, refused }: RemovalItem): boolean {
  return !refused && (row.room !== undefined || isAboutAccess(row));
}

/** The row, with what gives the membership back. */
export function withMove(row: RemovalRow, move: RoomMove | undefined): RemovalRow {
  if (!row.room || !move || !('state' in move)) return row;
  if (move.state === 'left-team') return { ...row, room: { ...row.room, leftTeamOnly: true } };
  if (!('subscriptionId' in move)) return row;
  return { ...row, room: { ...row.room, subscriptionId: move.subscriptionId } };
}

function toLeave({ userId, room }: RemovalRow): RoomLeave | undefined {
  return room && { rid: room.rid, userId, ...(room.teamId === undefined ? {} : { teamId: room.teamId }) };
}

function toBack(row: RemovalRow): GivenBack | undefined {
  const leave = toLeave(row);
  const { subscriptionId, leftTeamOnly } = row.room ?? {};
  if (leave && subscriptionId !== undefined) return { ...leave, subscriptionId };
  return leave && leftTeamOnly ? leave : undefined;
}
