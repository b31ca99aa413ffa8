import type { UserRecord } from '../../../models/user.js';
import type { Person } from '../../mapping/map-entry.js';
import { addOwner, type Claimant } from './name-owners.js';

/** Who has the names and addresses of a page, to be added to. */
export interface PageClaims {
  readonly usernames: Map<string, readonly Claimant[]>;
  readonly emails: Map<string, readonly Claimant[]>;
}

/**
 * Whoever comes later in the page finds the user name and the addresses taken. `account`: the stored user,
 * where there is one.
 */
export function claimInPage(
  claims: PageClaims,
  person: Person,
  { account, username }: { readonly account: UserRecord | undefined; readonly username: string | undefined },
): void {
  const claimant: Claimant = {
    _id: account?._id ?? `new ${person.id}`,
    username,
    emails: account?.emails,
    type: 'user',
    active: true,
    linked: true,
    ...(account ? {} : { dn: person.dn }),
  };
  if (username !== undefined) addOwner(claims.usernames, username, claimant);
  // The addresses an account had before stay its own within the page, so that nobody else is merged into it.
  const addresses = [...person.emails, ...(account?.emails ?? []).map(({ address }) => address)];
  for (const address of addresses) addOwner(claims.emails, address, claimant);
}
