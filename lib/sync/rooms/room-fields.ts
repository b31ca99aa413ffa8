import type { FieldChange } from '../../../models/change-row.js';
import type { MappedRoom, RoomKind } from './mapped-room.js';

/** How rows call what is joined and left. */
const FIELDS: Readonly<Record<RoomKind, string>> = { channels: 'rooms', teams: 'teams' };

/** Most names that one row has. */
const MAX_NAMES = 100;
const MAX_NAME = 200;

/** What a row says of rooms that somebody joins. */
export function toJoinFields(rooms: readonly MappedRoom[]): readonly FieldChange[] {
  return (['channels', 'teams'] as const).flatMap((kind) => {
    const names = rooms.filter((room) => room.kind === kind).map(nameOf);
    const more = names.length - MAX_NAMES;
    const to = more > 0 ? [...names.slice(0, MAX_NAMES), `… ${more} more`] : names;
    return names.length === 0 ? [] : [{ field: FIELDS[kind], to }];
  });
}

/** What a row says of a room that somebody leaves. */
export function toLeaveFields(room: MappedRoom): readonly FieldChange[] {
  return [{ field: FIELDS[room.kind], from: nameOf(room) }];
}

function nameOf({ shown }: MappedRoom): string {
  return shown.slice(0, MAX_NAME);
}
