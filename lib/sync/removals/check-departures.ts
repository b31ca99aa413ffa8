import { GRANT_SETTINGS } from '../../settings/grant-settings.js';
import { checkRoomLosses } from './check-room-losses.js';
import { refuse, type GuardVerdict } from './guard.js';
import type { SweepState } from './sweep-state.js';

/** What people leave, in words. */
const CALLED = { channels: 'channels', teams: 'teams' } as const;

type Facts = Pick<SweepState, 'losing' | 'filled' | 'leavingRooms' | 'givenNames'>;

/**
 * Says whether any group gives anybody anything of what several users would leave: else the filter may not say
 * what the groups hold of their members. Asked of a kind of room, then of each room. Pure.
 */
export function checkDepartures({ losing, filled, ...given }: Facts): GuardVerdict {
  for (const kind of ['channels', 'teams'] as const) {
    const users = losing.get(kind) ?? 0;
    if (users <= 1 || filled.has(kind)) continue;
    const { filter, map } = GRANT_SETTINGS[kind];
    return refuse({
      code: 'groups-without-people',
      params: { kind, wanted: users },
      reason: `Of all people nobody is in any group of ${map}, so ${users} would leave ${CALLED[kind]}.`,
      remedy:
        `Let ${filter} say what the groups hold of their members: #{userdn} for a DN, #{username} for a name. If it ` +
        'is right, look at the list (ldap.runChanges) and approve it (ldap.approveRun).',
    });
  }
  return checkRoomLosses(given);
}
