import type { UserRecord } from '../../../models/user.js';
import type { Person } from '../../mapping/map-entry.js';
import { addOwner, type NameOwner } from './name-owners.js';

/** The owners of the names and addresses of a page. Planning the page adds owners. */
export interface PageNameOwners {
  readonly usernames: Map<string, readonly NameOwner[]>;
  readonly emails: Map<string, readonly NameOwner[]>;
}

/**
 * Reserves the user name and the addresses of a person, so that a later person of the page finds them taken.
 * `account`: the stored user, where there is one.
 */
export function reserveNames(
  nameOwners: PageNameOwners,
  person: Person,
  { account, username }: { readonly account: UserRecord | undefined; readonly username: string | undefined },
): void {
  const owner: NameOwner = {
    _id: account?._id ?? `new ${person.id}`,
    username,
    emails: account?.emails,
    type: 'user',
    active: true,
    linked: true,
    ...(account ? {} : { dn: person.dn }),
  };
  if (username !== undefined) addOwner(nameOwners.usernames, username, owner);
  // The addresses an account had before stay its own within the page, so that nobody else is merged into it.
  const addresses = [...person.emails, ...(account?.emails ?? []).map(({ address }) => address)];
  for (const address of addresses) addOwner(nameOwners.emails, address, owner);
}
