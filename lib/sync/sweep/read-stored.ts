import type { UserRecord } from '../../../models/user.js';
import type { Person } from '../../mapping/map-entry.js';
import type { SyncPolicy } from '../../settings/sync-settings.js';
import type { NameOwners } from '../plan/name-owners.js';
import { findLinkedUser, type StoredPeople } from '../plan/plan-page.js';
import type { UserStore } from '../users/user-store.js';

/** People, and the stored users who are linked to them. */
export interface LookedUpPeople {
  readonly people: readonly Person[];
  readonly linked: StoredPeople['linked'];
}

/** Looks up who has the user names and addresses that these people would newly get. */
export async function readStored(
  { people, linked }: LookedUpPeople,
  users: Pick<UserStore, 'findNameOwners' | 'findById'>,
  policy: SyncPolicy,
): Promise<StoredPeople> {
  const { usernames, addresses } = policy.syncUsers
    ? toNewNames(people, linked)
    : { usernames: [], addresses: [] };
  const nameOwners = await users.findNameOwners(usernames, addresses);
  const accountIds = [
    ...(policy.mergeExisting ? toUnlinkedIds(nameOwners) : []),
    ...(policy.keepUpdated ? toLinkedIds(nameOwners) : []),
  ];
  const accounts = accountIds.length > 0 ? await users.findById(accountIds) : new Map<string, UserRecord>();
  return { linked, nameOwners, accounts };
}

function toNewNames(
  people: readonly Person[],
  linked: StoredPeople['linked'],
): { readonly usernames: readonly string[]; readonly addresses: readonly string[] } {
  const usernames: string[] = [];
  const addresses: string[] = [];
  for (const person of people) {
    const user = findLinkedUser(person, linked);
    if (user === 'ambiguous') continue;
    if (!user) usernames.push(person.username ?? person.id);
    const own = new Set(user?.emails?.map(({ address }) => address));
    addresses.push(...person.emails.filter((address) => !own.has(address)));
  }
  return { usernames, addresses };
}

function toUnlinkedIds({ usernames, emails }: NameOwners): readonly string[] {
  const owners = [...usernames.values(), ...emails.values()].flat();
  return [...new Set(owners.filter(({ linked }) => !linked).map(({ _id }) => _id))];
}

/** Only the user names of people who are not linked have been asked for. */
function toLinkedIds({ usernames }: NameOwners): readonly string[] {
  const linked = [...usernames.values()].flat().filter((owner) => owner.linked);
  return [...new Set(linked.map(({ _id }) => _id))];
}
