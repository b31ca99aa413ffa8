import type { Collection } from '../../../models/database.js';
import { toReadableEmails, type EmailRecord, type UserRecord } from '../../../models/user.js';
import { LOOK_UP_BATCH, toBatches } from '../../batches.js';
import { inParallel } from '../../in-parallel.js';
import { toNameKey } from '../../mapping/name-keys.js';
import { addOwner, toNameOwner, type NameOwner, type NameOwners } from '../plan/name-owners.js';
import { within, type Transaction } from '../run/transaction.js';
import type { UserReader } from './user-store.js';

/** Only the names of the services are read, because their contents are secret. */
const PROJECTION = {
  username: 1,
  emails: 1,
  type: 1,
  active: 1,
  roles: 1,
  federated: 1,
  'services.ldap': 1,
  serviceNames: {
    $cond: [
      { $eq: [{ $type: '$services' }, 'object'] },
      { $map: { input: { $objectToArray: '$services' }, as: 'service', in: '$$service.k' } },
      [],
    ],
  },
} as const;

/**
 * User names and addresses in another case than the slug's or the directory's, or not in ASCII; an index cannot
 * find those.
 */
const UNUSUAL_USERNAME = { username: /[^a-z0-9._-]/ };
const UNUSUAL_ADDRESS = { 'emails.address': /[^ -@[-~]/ };

type Users = Pick<Collection<UserRecord>, 'find'>;
type FoundUser = UserRecord & { readonly serviceNames?: readonly string[] };

export interface NameOwnerLookup {
  readonly find: UserReader['findNameOwners'];
  readonly findById: UserReader['findOwnersById'];
  /** Users created since the first look-up. */
  remember(created: readonly UserRecord[]): Promise<void>;
  /** Users whose name, addresses or link have changed since the first look-up. */
  refresh(userIds: readonly string[]): Promise<void>;
}

/**
 * Finds who has a user name or an address, whatever its case. Look-ups go by index with the exact and the
 * lower-case spelling; the few stored ones with capitals or beyond ASCII are read once, at the first look-up of a run.
 */
export function createNameOwnerLookup(users: Users): NameOwnerLookup {
  let unusual: Promise<FoundUser[]> | undefined;

  const readUnusual = (): Promise<FoundUser[]> => find(users, { $or: [UNUSUAL_USERNAME, UNUSUAL_ADDRESS] });

  return {
    async remember(created) {
      if (unusual) (await unusual).push(...created.filter(isUnusual));
    },
    async refresh(userIds) {
      if (!unusual || userIds.length === 0) return;
      const [before, now] = await Promise.all([unusual, findIn(users, { field: '_id', values: userIds })]);
      const changed = new Set(userIds);
      unusual = Promise.resolve([...before.filter(({ _id }) => !changed.has(_id)), ...now.filter(isUnusual)]);
    },
    async find(usernames, addresses, tx) {
      if (usernames.length === 0 && addresses.length === 0) return toNameOwners([]);
      const questions = [
        () => (unusual ??= readUnusual()),
        () => findIn(users, { field: 'username', values: usernames, tx }),
        () => findIn(users, { field: 'emails.address', values: addresses, tx }),
      ];
      // A transaction takes one question at a time.
      return toNameOwners((await inParallel(questions, tx ? 1 : questions.length, (ask) => ask())).flat());
    },
    async findById(userIds, tx) {
      const found = await findIn(users, { field: '_id', values: userIds, tx });
      return new Map(found.map((user) => [user._id, toNameOwner(user, user.serviceNames)]));
    },
  };
}

function isUnusual({ username, emails }: UserRecord): boolean {
  return (
    UNUSUAL_USERNAME.username.test(username ?? '') ||
    toReadableEmails(emails).some(({ address }) => UNUSUAL_ADDRESS['emails.address'].test(address))
  );
}

interface Wanted {
  readonly field: '_id' | 'username' | 'emails.address';
  readonly values: readonly string[];
  readonly tx?: Transaction;
}

async function findIn(users: Users, { field, values, tx }: Wanted): Promise<readonly FoundUser[]> {
  const spellings =
    field === '_id'
      ? values
      : [...new Set(values.flatMap((value) => [value, value.toLowerCase(), toNameKey(value)]))];
  const found: FoundUser[] = [];
  for (const batch of toBatches(spellings, LOOK_UP_BATCH))
    found.push(...(await find(users, { [field]: { $in: batch } }, tx)));
  return found;
}

async function find(users: Users, filter: object, tx?: Transaction): Promise<FoundUser[]> {
  return await users.find(filter as never, { projection: PROJECTION, ...within(tx) }).toArray();
}

function toNameOwners(found: readonly FoundUser[]): NameOwners {
  const usernames = new Map<string, readonly NameOwner[]>();
  const emails = new Map<string, readonly NameOwner[]>();
  for (const user of found) {
    const { username, emails: records } = user;
    const owner = toNameOwner(user, user.serviceNames);
    if (typeof username === 'string') addOwner(usernames, username, owner);
    if (!Array.isArray(records)) continue;
    for (const record of records as readonly (Partial<EmailRecord> | null)[]) {
      if (typeof record?.address === 'string') addOwner(emails, record.address, owner);
    }
  }
  return { usernames, emails };
}
