import { isActive } from '../../../models/active-user.js';
import type { LdapIdentity } from '../../mapping/ldap-identity.js';
import { findLinkedUser, type StoredPeople } from '../plan/plan-page.js';
import type { SweepState } from '../removals/sweep-state.js';
import { isVerifier } from '../users/verifier.js';

interface LinkedPage {
  readonly identities: readonly LdapIdentity[];
  readonly linked: StoredPeople['linked'];
}

/** Counts the linked users whose entries are on the page; they show whether this is the right directory. */
export function countLinked(
  { identities, linked }: LinkedPage,
  state: SweepState,
  provenAt: Date | undefined,
): void {
  for (const identity of identities) {
    const user = findLinkedUser(identity, linked);
    if (user === undefined || user === 'ambiguous') continue;
    if (user.ldapSync?.unconfirmedBy !== undefined)
      noteUnconfirmed(user._id, user.ldapSync.unconfirmedBy, state);
    if (user.ldap !== true) continue;
    if (isActive(user)) state.activeLinkedSeen += 1;
    if (isVerifier(user, provenAt)) state.verifiersSeen += 1;
  }
}

/** The link of this user is to be confirmed once the directory has been verified. `byRun`: as it is stored. */
export function noteUnconfirmed(userId: string, byRun: unknown, state: SweepState): void {
  state.unconfirmed.push(userId);
  if (typeof byRun === 'string') state.doubted.add(byRun);
}
