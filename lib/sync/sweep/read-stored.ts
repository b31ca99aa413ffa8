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

/** Looks up who or what has the user names and addresses that these people would newly get. */
export async function readStored(
  { people, linked }: LookedUpPeople,
  users: Pick<UserStore, 'findNameOwners' | 'findById' | 'findTeams'>,
  policy: SyncPolicy,
): Promise<StoredPeople> {
  const { usernames, renamed, addresses } = policy.syncUsers ? toNewNames(people, linked) : NO_NAMES;
  const [nameOwners, teams] = await Promise.all([
    users.findNameOwners(usernames, addresses),
    users.findTeams([...usernames, ...renamed]),
  ]);
  const accountIds = [
    ...(policy.mergeExisting ? toUnlinkedIds(nameOwners) : []),
    ...(policy.keepUpdated ? toLinkedIds(nameOwners) : []),
  ];
  const accounts = accountIds.length > 0 ? await users.findById(accountIds) : new Map<string, UserRecord>();
  return { linked, nameOwners, accounts, teams };
}

interface NewNames {
  /** Of those who are not linked yet. */
  readonly usernames: readonly string[];
  /** Of users who have another name. */
  readonly renamed: readonly string[];
  readonly addresses: readonly string[];
}

const NO_NAMES: NewNames = { usernames: [], renamed: [], addresses: [] };

function toNewNames(people: readonly Person[], linked: StoredPeople['linked']): NewNames {
  const usernames: string[] = [];
  const renamed: string[] = [];
  const addresses: string[] = [];
  for (const person of people) {
    const user = findLinkedUser(person, linked);
    if (user === 'ambiguous') continue;
    if (!user) usernames.push(person.username ?? person.id);
    else if (person.username !== undefined && person.username !== user.username)
      renamed.push(person.username);
    const own = new Set(user?.emails?.map(({ address }) => address));
    addresses.push(...person.emails.filter((address) => !own.has(address)));
  }
  return { usernames, renamed, addresses };
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
