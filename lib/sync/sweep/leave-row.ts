import type { RemovalRow } from '../../../models/change-row.js';
import type { PlannedLeave } from '../rooms/membership-rules.js';
import { toLeaveFields } from '../rooms/room-fields.js';
import type { CommonParts } from './row-values.js';

/** Each room has a row of its own, so that it can be approved, skipped and taken back by itself. */
export function toLeaveRow({ room, names }: PlannedLeave, common: CommonParts): RemovalRow {
  const { kind, rid, teamId } = room;
  return {
    ...common,
    kind: 'membership',
    outcome: 'updated',
    room: { kind, rid, names, ...(teamId === undefined ? {} : { teamId }) },
    fields: toLeaveFields(room),
  };
}
