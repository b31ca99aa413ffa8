import { toLdapIdentity } from '../../../mapping/ldap-identity.js';
import type { SyncSettings } from '../../../settings/sync-settings.js';
import { isLinkedAsNow } from '../row-identity.js';
import type { LinkDemand } from './removal-kind.js';

/** For what a user loses or gets because of the entry that the user is linked to. */
export const TO_ENTRY: LinkDemand = {
  isMet: (row, user) => isLinkedAsNow(toLdapIdentity(user), row),
  otherwise: 'The account is no longer linked to this entry.',
};

export function followsEntries({ policy }: Pick<SyncSettings, 'policy'>): boolean {
  return policy.syncUsers && policy.keepUpdated;
}
