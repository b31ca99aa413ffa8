import { showInvisible } from '../../invisible-characters.js';
import { GRANT_SETTINGS } from '../../settings/grant-settings.js';
import { refuse, type GuardVerdict } from './guard.js';
import { toGivenName } from './leaving-rooms.js';
import type { SweepState } from './sweep-state.js';

/**
 * Says whether groups give rooms that several users would leave to anybody who was read, by any of their names. A
 * group may list members in a form that fits nobody, while those of other rooms fit. Pure.
 */
export function checkRoomLosses({
  leavingRooms,
  givenNames,
}: Pick<SweepState, 'leavingRooms' | 'givenNames'>): GuardVerdict {
  for (const { room, shown: text, people } of leavingRooms.values()) {
    // A single user who leaves the room may have been the last one to whom a group gave it.
    if (people <= 1 || room.names.some(({ kind, name }) => givenNames.has(toGivenName(kind, name)))) continue;
    const shown = showInvisible(text);
    const { filter, map } = GRANT_SETTINGS[room.kind];
    return refuse({
      code: 'room-nowhere',
      params: { room: shown, kind: room.kind, people },
      reason: `No group gives the room ${shown} to anybody who was read, and ${people} users would leave it.`,
      remedy:
        `Check ${filter}, ${map} and who is in the groups. If they are right, look at the list ` +
        '(ldap.runChanges) and approve it (ldap.approveRun).',
    });
  }
  return { allowed: true };
}
