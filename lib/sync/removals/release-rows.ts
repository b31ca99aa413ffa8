import type { FieldChange, RemovalRow } from '../../../models/change-row.js';
import { toReadableEmails } from '../../../models/user.js';
import { toNameKey } from '../../mapping/name-keys.js';
import { ownersOf } from '../plan/name-owners.js';
import type { UserReader } from '../users/user-store.js';
import type { Dispute } from './dispute.js';
import type { Departed } from './find-departed.js';

/** The names that newcomers want of one account. */
interface Wanted {
  readonly departed: Departed;
  readonly names: Set<string>;
}

/** `name.left`, `name.left-2` and so on: a name of which so many are taken is not freed. */
const MAX_SUFFIXES = 20;

/**
 * The rows that free the names of people who have left, one an account. An account for which no name is found
 * has none.
 */
export async function toReleaseRows(
  disputes: readonly Dispute[],
  departed: ReadonlyMap<string, Departed>,
  users: Pick<UserReader, 'findNameOwners'>,
): Promise<readonly RemovalRow[]> {
  const wanted = [...gather(disputes, departed).values()];
  const renamed = wanted.filter(isRenamed);
  const usernames = await findFreeNames(
    renamed.map(({ departed: { user } }) => user.username as string),
    users,
  );
  return wanted.flatMap((one) => {
    const to = isRenamed(one) ? usernames.get(one.departed.user.username as string) : undefined;
    return isRenamed(one) && to === undefined ? [] : [toRow(one, to)];
  });
}

function gather(
  disputes: readonly Dispute[],
  departed: ReadonlyMap<string, Departed>,
): ReadonlyMap<string, Wanted> {
  const wanted = new Map<string, Wanted>();
  for (const { ownerIds, username, addresses } of disputes) {
    for (const ownerId of ownerIds) {
      const owner = departed.get(ownerId);
      if (!owner) continue;
      const one = wanted.get(ownerId) ?? { departed: owner, names: new Set<string>() };
      for (const name of [username, ...addresses]) one.names.add(toNameKey(name));
      wanted.set(ownerId, one);
    }
  }
  return wanted;
}

function isRenamed({ departed: { user }, names }: Wanted): boolean {
  return user.username !== undefined && names.has(toNameKey(user.username));
}

/** A free name for each of these; those for whom there is none are left out. */
async function findFreeNames(
  usernames: readonly string[],
  users: Pick<UserReader, 'findNameOwners'>,
): Promise<ReadonlyMap<string, string>> {
  const free = new Map<string, string>();
  const given = new Set<string>();
  for (let count = 1; count <= MAX_SUFFIXES && free.size < usernames.length; count += 1) {
    const suffix = count === 1 ? '.left' : `.left-${count}`;
    const left = usernames.filter((username) => !free.has(username));
    const owners = await users.findNameOwners(
      left.map((username) => username + suffix),
      [],
    );
    for (const username of left) {
      const name = username + suffix;
      const key = toNameKey(name);
      if (given.has(key) || ownersOf(owners.usernames, name).length > 0) continue;
      given.add(key);
      free.set(username, name);
    }
  }
  return free;
}

function toRow({ departed: { user, identity }, names }: Wanted, username: string | undefined): RemovalRow {
  const emails = toReadableEmails(user.emails);
  const kept = emails.filter(({ address }) => !names.has(toNameKey(address)));
  const fields: readonly FieldChange[] = [
    ...(username === undefined ? [] : [{ field: 'username', from: user.username, to: username }]),
    // An empty list would be a value of the unique index, which no second user may have.
    ...(kept.length === emails.length
      ? []
      : [{ field: 'emails', from: emails, ...(kept.length > 0 ? { to: kept } : {}) }]),
  ];
  return {
    kind: 'release',
    outcome: 'updated',
    state: 'waiting',
    needsDecision: true,
    userId: user._id,
    ldapId: identity.id,
    idAttribute: identity.idAttribute,
    ...(user.username === undefined ? {} : { username: user.username }),
    ...(user.name === undefined ? {} : { name: user.name }),
    fields,
  };
}
