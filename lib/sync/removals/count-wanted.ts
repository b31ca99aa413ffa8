import type { RemovalRow } from '../../../models/change-row.js';
import { REMOVAL_COUNTS, REMOVAL_KINDS } from '../../../models/removal-kind.js';
import { toLostFields } from '../plan/fields-of-run.js';
import { takenRoles } from './kinds/taken-roles.js';
import { countLeave } from './leaving-rooms.js';
import { isShownDisabledRow, isSureRelink, type SweepState } from './sweep-state.js';

/** Counts people, not rows. All rows of a person have to come in one call, or the person is counted twice. */
export function countWanted(rows: readonly RemovalRow[], state: SweepState): void {
  const flowing = rows.filter((row) => row.needsDecision !== true && !isSureRelink(row));
  state.surelyRelinked += rows.filter(isSureRelink).length;
  for (const kind of REMOVAL_KINDS) {
    const countOf = (some: readonly RemovalRow[]): number =>
      new Set(some.filter((row) => row.kind === kind).map(({ userId }) => userId)).size;
    state.wanted[REMOVAL_COUNTS[kind]] += countOf(flowing);
    state.needingDecision[REMOVAL_COUNTS[kind]] += countOf(
      rows.filter(({ needsDecision }) => needsDecision === true),
    );
  }
  state.shownDisabled += new Set(flowing.filter(isShownDisabledRow).map(({ userId }) => userId)).size;
  const leaving = flowing.flatMap(({ userId, room }) => (room ? `${room.kind} ${userId}` : []));
  for (const [kind = ''] of [...new Set(leaving)].map((one) => one.split(' '))) count(kind, state.losing);
  for (const row of flowing) countLeave(row, state.leavingRooms);
  // Only a field that is cleared may be lost by everybody at once.
  for (const row of flowing)
    if (row.kind === 'clear') {
      for (const field of row.fields.flatMap(toLostFields)) count(field, state.losing);
      for (const role of takenRoles(row)) count(role, state.losingRoles);
    }
}

function count(key: string, counts: Map<string, number>): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
