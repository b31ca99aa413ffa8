import type { Connection } from 'mongoose';
import { isActive } from '../../models/active-user.js';
import type { UserRecord } from '../../models/user.js';

/** A user of the chat server, as far as the demo shows them. */
export interface ShownPerson {
  readonly userId: string;
  readonly username: string;
  readonly name: string;
  readonly mail: string;
  /** The photo's checksum, by which a new one is noticed; empty without a photo. */
  readonly photo: string;
  readonly active: boolean;
  /** Where the entry is now. */
  readonly dn: string;
}

/** By user id, in the order of the user names. */
export type People = ReadonlyMap<string, ShownPerson>;

/** The users who came from the directory. */
export async function readPeople(connection: Connection): Promise<People> {
  const users = connection.collection<UserRecord>('users').find({ ldap: true }).sort({ username: 1 });
  const people = new Map<string, ShownPerson>();
  for await (const { _id, username, name, emails, avatarETag, active, importIds } of users) {
    people.set(_id, {
      userId: _id,
      username: username ?? '',
      name: name ?? '',
      mail: emails?.map(({ address }) => address).join(', ') ?? '',
      photo: avatarETag ?? '',
      active: isActive({ active }),
      dn: importIds?.at(-1) ?? '',
    });
  }
  return people;
}

/** One field of a person, before and after; empty where there is nothing. */
export interface FieldChange {
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

const FIELDS: readonly (readonly [field: string, read: (person: ShownPerson) => string])[] = [
  ['user name', ({ username }) => username],
  ['name', ({ name }) => name],
  ['mail', ({ mail }) => mail],
  ['photo', ({ photo }) => photo],
  ['state', ({ active }) => (active ? 'on' : 'off')],
  ['entry', ({ dn }) => dn],
];

/** The fields that differ from before; all fields of a new person. A photo is its checksum. */
export function toChanges(before: ShownPerson | undefined, after: ShownPerson): readonly FieldChange[] {
  return FIELDS.map(([field, read]) => ({
    field,
    before: before ? read(before) : '',
    after: read(after),
  })).filter((change) => change.before !== change.after);
}
