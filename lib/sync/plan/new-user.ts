import type { UserRecord } from '../../../models/user.js';
import type { Person } from '../../mapping/map-entry.js';
import { toGuessedName } from '../../mapping/username.js';
import type { NewUserSettings } from '../../settings/sync-settings.js';
import type { ActiveStatePolicy } from '../../settings/sync-settings.js';
import { toEmailRecords } from './diff.js';
import type { Newcomer } from './newcomer.js';

/** The user document Rocket.Chat would write for a person it has not seen before. Pure. */
export function toNewUser(
  { person, username }: Newcomer,
  settings: NewUserSettings & { readonly activeState: ActiveStatePolicy },
  { id, now }: { readonly id: string; readonly now: Date },
): UserRecord {
  return {
    _id: id,
    createdAt: now,
    _updatedAt: now,
    type: 'user',
    status: 'offline',
    username,
    name: person.name ?? toGuessedName(username),
    emails: toEmailRecords(person.emails, undefined, settings.emailsVerified),
    roles: [...settings.roles],
    ...toInitialState(person, settings),
    ldap: true,
    importIds: [person.dn],
    ...(person.sipExtension ? { sipExtension: person.sipExtension } : {}),
    services: {
      ldap: { id: person.id, idAttribute: person.idAttribute },
      ...(settings.optInEmailSecondFactor ? { email2fa: { enabled: true, changedAt: now } } : {}),
    },
  };
}

function toInitialState(
  { disabled }: Person,
  {
    manualApproval,
    activeState,
  }: { readonly manualApproval: boolean; readonly activeState: ActiveStatePolicy },
): Pick<UserRecord, 'active' | 'inactiveReason'> {
  const followsDisabling = activeState === 'disable' || activeState === 'both';
  if (disabled && followsDisabling) return { active: false, inactiveReason: 'deactivated' };
  const isApproved = !manualApproval || (!disabled && (activeState === 'enable' || activeState === 'both'));
  return isApproved ? { active: true } : { active: false, inactiveReason: 'pending_approval' };
}
