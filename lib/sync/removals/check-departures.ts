import { GRANT_SETTINGS } from '../../settings/grant-settings.js';
import { refuse, type GuardVerdict } from './guard.js';

/** What people leave, in words. */
const CALLED = { channels: 'channels', teams: 'teams' } as const;

/**
 * Says whether any group gives anybody anything of what several users would leave: else the filter may not say
 * what the groups hold of their members. `losing`: how many users would leave something, by kind. Pure.
 */
export function checkDepartures(
  losing: ReadonlyMap<string, number>,
  filled: ReadonlySet<string>,
): GuardVerdict {
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
  return { allowed: true };
}
