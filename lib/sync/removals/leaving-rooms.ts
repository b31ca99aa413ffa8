import type { RemovalRow, RowRoom } from '../../../models/change-row.js';

/** A room that users would leave. */
export interface LeavingRoom {
  readonly room: RowRoom;
  /** What people call it. */
  readonly shown: string;
  readonly people: number;
}

/** A name of a map, as the state of a sweep has it. */
export function toGivenName(kind: string, name: string): string {
  return `${kind} ${name}`;
}

/** Of each person and room there is one row. */
export function countLeave({ room, fields }: RemovalRow, leaving: Map<string, LeavingRoom>): void {
  if (!room) return;
  const people = (leaving.get(room.rid)?.people ?? 0) + 1;
  const name = fields[0]?.from;
  leaving.set(room.rid, { room, shown: typeof name === 'string' ? name : room.rid, people });
}
