import fc from 'fast-check';
import type { DirectoryEntry } from '../../lib/directory/directory.js';
import type { UserRecord } from '../../models/user.js';
import { toEntry } from './entries.js';
import { BASE, type Fault } from './memory-directory.js';

/** A directory, what the database holds, and the settings: everything a run can meet. */
export interface World {
  readonly entries: readonly DirectoryEntry[];
  readonly users: readonly UserRecord[];
  readonly settings: Readonly<Record<string, unknown>>;
}

const PEOPLE = 12;
/** So few that people meet in them. */
const SHARED_NAMES = ['ada', 'Ada', 'bob', 'Cy'];
const SHARED_ADDRESSES = ['ada@x.org', 'ADA@x.org', 'bob@x.org'];
const PHOTOS = [
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAADElEQVQImWP4z8AAAAMBAQCc479ZAAAAAElFTkSuQmCC',
    'base64',
  ),
  Buffer.from('no picture'),
];

const rarely = (weight: number): fc.Arbitrary<boolean> =>
  fc.oneof({ weight, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) });
const often = (weight: number): fc.Arbitrary<boolean> => rarely(weight).map((is) => !is);

/** Mostly a text of somebody's own; sometimes one that others have too. */
const text = (
  id: number,
  own: readonly string[],
  shared: readonly string[],
  clashing: number,
): fc.Arbitrary<string> =>
  fc.oneof(
    {
      weight: 8,
      arbitrary: fc.constantFrom(
        ...own.map((name) => name.replace('#', String(id)).replace('+', String((id + 1) % PEOPLE))),
      ),
    },
    { weight: clashing, arbitrary: fc.constantFrom(...shared) },
  );

/** The bytes a person is known by, for ever. */
export const toLdapId = (id: number): string => Buffer.from(`id-${id}`).toString('hex');

function person(id: number, clashing: number, isChaining: boolean): fc.Arbitrary<DirectoryEntry> {
  return fc
    .record({
      // With `u+` and `m+`, one waits for the name or the address that the next one sets free.
      uid: text(id, ['u#', 'u#', 'v#', ...(isChaining ? ['u+'] : [])], SHARED_NAMES, clashing),
      cn: fc.constantFrom(`Person ${id}`, 'Somebody'),
      mail: fc.uniqueArray(
        text(
          id,
          ['m#@x.org', 'm#@x.org', 'n#@x.org', ...(isChaining ? ['m+@x.org'] : [])],
          SHARED_ADDRESSES,
          clashing,
        ),
        { minLength: 1, maxLength: 2 },
      ),
      phone: fc.option(fc.constantFrom('1', '2'), { nil: undefined }),
      disabled: rarely(5),
      photo: fc.option(fc.constantFrom(...PHOTOS), { nil: undefined, freq: 1 }),
      place: fc.constantFrom(BASE, BASE, BASE, BASE, 'ou=alumni,dc=x'),
      defect: fc.constantFrom(
        'none',
        ...Array<'none'>(16).fill('none'),
        'no mail',
        'control character',
        'no id',
        'no id at all',
      ),
    })
    .map(({ uid, cn, mail, phone, disabled, photo, place, defect }) =>
      toEntry(`cn=p${id},${place}`, {
        ...(defect.startsWith('no id') ? {} : { entryUUID: `id-${id}` }),
        uid: defect === 'no id at all' ? 'u'.repeat(300) : uid,
        cn: defect === 'control character' ? 'A\u0007' : cn,
        ...(defect === 'no mail' ? {} : { mail }),
        ...(phone === undefined ? {} : { telephoneNumber: phone }),
        ...(disabled ? { nsAccountLock: 'TRUE' } : {}),
        ...(photo === undefined ? {} : { jpegPhoto: photo }),
      }),
    );
}

const ofTheHost = { createdAt: new Date(0), _updatedAt: new Date(0), customFields: { team: 'x' } };

function linkedUser(id: number, clashing: number): fc.Arbitrary<UserRecord> {
  return fc
    .record({
      username: text(id, ['u#', 'u#', 'u#', 'U#', 'w#'], SHARED_NAMES, clashing),
      name: fc.constantFrom(`Person ${id}`, 'Old Name'),
      address: text(id, ['m#@x.org', 'm#@x.org', 'M#@x.org'], SHARED_ADDRESSES, clashing),
      phone: fc.option(fc.constantFrom('1', '2'), { nil: undefined }),
      active: often(4),
      admin: rarely(5),
      offByRun: fc.boolean(),
    })
    .map(({ username, name, address, phone, active, admin, offByRun }) => ({
      _id: `linked-${id}`,
      ...ofTheHost,
      type: 'user',
      username,
      name,
      emails: [{ address, verified: true }],
      roles: admin ? ['user', 'admin'] : ['user'],
      active,
      ldap: true,
      importIds: [`cn=p${id},${BASE}`],
      ...(phone === undefined ? {} : { sipExtension: phone }),
      ...(!active && offByRun ? { ldapSync: { deactivatedBecause: 'missing-from-directory' as const } } : {}),
      services: {
        ldap: { id: toLdapId(id), idAttribute: 'entryUUID' },
        resume: { loginTokens: [{ hashedToken: `t${id}` }] },
      },
    }));
}

function localUser(id: number, clashing: number): fc.Arbitrary<UserRecord> {
  const others = clashing === 0 ? [] : ['u#', 'U#'];
  const theirs = clashing === 0 ? [] : ['m#@x.org', 'M#@x.org'];
  return fc
    .record({
      username: text(id, ['local#', ...others], SHARED_NAMES, clashing),
      address: text(id, ['local#@x.org', ...theirs], SHARED_ADDRESSES, clashing),
      type: fc.constantFrom('user', 'user', 'bot'),
      active: often(4),
      admin: fc.boolean(),
      verified: fc.boolean(),
    })
    .map(({ username, address, type, active, admin, verified }) => ({
      _id: `local-${id}`,
      ...ofTheHost,
      type,
      username,
      name: 'Somebody of the host',
      emails: [{ address, verified }],
      roles: admin ? ['admin'] : ['user'],
      active,
      services: { password: { bcrypt: 'x' } },
    }));
}

const settings = fc.record({
  LDAP_Merge_Existing_Users: fc.boolean(),
  LDAP_Background_Sync_Import_New_Users: often(4),
  LDAP_Background_Sync_Keep_Existant_Users_Updated: often(7),
  LDAP_Background_Sync_Merge_Existent_Users: fc.boolean(),
  LDAP_Background_Sync_Disable_Missing_Users: often(4),
  LDAP_Background_Sync_Avatars: rarely(4),
  LDAP_Sync_User_Active_State: fc.constantFrom('disable', 'none', 'enable', 'both'),
  LDAP_Guard_Always_Allowed: fc.constantFrom(1, 2, 10, 10),
  Accounts_Verify_Email_For_External_Accounts: fc.boolean(),
});

const some = <T>(of: (id: number) => fc.Arbitrary<T>, maxLength: number): fc.Arbitrary<T[]> =>
  fc.uniqueArray(fc.nat(PEOPLE - 1), { maxLength, size: 'max' }).chain((ids) => fc.tuple(...ids.map(of)));

/**
 * `clashing`: how often, beside eight, a name or an address is one that others have too; with 0, nobody meets
 * anybody. `isChaining`: whether somebody may be renamed to what another was called until then.
 */
export function worlds(clashing: number, isChaining = clashing > 0): fc.Arbitrary<World> {
  return fc
    .record({
      entries: some((id) => person(id, clashing, isChaining), PEOPLE),
      linked: some((id) => linkedUser(id, clashing), PEOPLE),
      local: some((id) => localUser(id, clashing), 3),
      settings,
    })
    .map(({ entries, linked, local, settings: chosen }) => ({
      entries,
      users: withoutDuplicates([...linked, ...local]),
      settings: chosen,
    }));
}

export const faults: fc.Arbitrary<Fault> = fc.oneof(
  fc.record({ kind: fc.constant('lost' as const), afterPages: fc.nat(9) }),
  fc.record({ kind: fc.constant('size-limit' as const), afterEntries: fc.nat(9) }),
  fc.record({ kind: fc.constant('hides' as const), every: fc.integer({ min: 2, max: 4 }), from: fc.nat(3) }),
  fc.record({ kind: fc.constant('repeats' as const), index: fc.nat(PEOPLE - 1) }),
  fc.constant({ kind: 'empty' as const }),
);

/** The database's unique indexes forbid two of one spelling; `Ada` beside `ada` they allow. */
function withoutDuplicates(users: readonly UserRecord[]): readonly UserRecord[] {
  const taken = new Set<string>();
  return users.filter(({ username = '', emails = [] }) => {
    const keys = [username, ...emails.map(({ address }) => address)];
    if (keys.some((key) => taken.has(key))) return false;
    for (const key of keys) taken.add(key);
    return true;
  });
}
