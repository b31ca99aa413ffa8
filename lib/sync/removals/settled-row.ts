import type { RemovalRow } from '../../../models/change-row.js';
import type { AccessChange } from './follow-access.js';
import type { RoomMove } from './kinds/removal-kind.js';
import { withMove } from './move-rooms.js';
import type { RemovalItem } from './removal-unit.js';

/** What a transaction has made of rooms with a removal. */
interface Followed {
  readonly move: RoomMove | undefined;
  readonly access: AccessChange | undefined;
}

/** The row with what was changed, and with what gives back the rooms that were left. */
export function toSettledRow({ row, confirmed }: RemovalItem, { move, access }: Followed): RemovalRow {
  const { leftRooms } = access ?? {};
  return {
    ...withMove(row, move),
    fields: confirmed?.fields ?? row.fields,
    ...(leftRooms ? { leftRooms } : {}),
  };
}
