import { isActive } from '../../../models/active-user.js';
import type { MatchedBy } from '../../../models/account-pair.js';
import type { FieldChange } from '../../../models/change-row.js';
import type { UserRecord } from '../../../models/user.js';
import type { Person } from '../../mapping/map-entry.js';
import { followsDisabling } from '../../settings/active-state.js';
import { toEmailRecords } from './email-records.js';
import { toFieldChange } from './field-change.js';
import type { DiffSettings } from './field-rules.js';

/**
 * What connecting an account with an entry changes: the link, and what must not stay until the next sync.
 * Where nothing proves whose the account is, it gets the addresses of the entry alone, because an address is
 * enough to ask for another password. Nobody is let in by it whom a newcomer's rules keep out. Pure.
 */
export function toMergeFields(
  person: Person,
  stored: UserRecord,
  { matchedBy, settings }: { readonly matchedBy: MatchedBy; readonly settings: DiffSettings },
): readonly FieldChange[] {
  const { type, emails, ldap } = stored;
  return [
    { field: 'services.ldap.id', to: person.id },
    { field: 'services.ldap.idAttribute', to: person.idAttribute },
    toFieldChange('ldap', ldap, true),
    ...(type === 'user' ? [] : [toFieldChange('type', type, 'user')]),
    ...(matchedBy === 'verified-address'
      ? []
      : [toFieldChange('emails', emails, toEmailRecords(person.emails, emails, settings.emailsVerified))]),
    ...toStateFields(person, stored, settings),
  ];
}

/** As a newcomer: off where the directory says so, waiting for an administrator where it does not say. */
function toStateFields(
  { disabled }: Person,
  stored: UserRecord,
  { activeState }: DiffSettings,
): readonly FieldChange[] {
  if (disabled === false || !followsDisabling(activeState) || !isActive(stored)) return [];
  const reason = disabled === true ? 'deactivated' : 'pending_approval';
  return [
    toFieldChange('active', stored.active, false),
    toFieldChange('inactiveReason', stored.inactiveReason, reason),
  ];
}
