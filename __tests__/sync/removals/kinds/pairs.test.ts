import type { Person } from '../../../../lib/mapping/map-entry.js';
import { toAccountPair } from '../../../../lib/sync/plan/account-pair.js';
import { NO_DIFF } from '../../../../lib/sync/plan/diff.js';
import { matchUnlinked } from '../../../../lib/sync/plan/match.js';
import { toMergeFields } from '../../../../lib/sync/plan/merge-fields.js';
import { toNameOwner, type NameOwners } from '../../../../lib/sync/plan/name-owners.js';
import { MERGE } from '../../../../lib/sync/removals/kinds/merge.js';
import { NO_RULES } from '../../../../lib/sync/rooms/membership-rules.js';
import { RELINK } from '../../../../lib/sync/removals/kinds/relink.js';
import type {
  Confirmed,
  ConfirmedNow,
  ConfirmFacts,
  PresentUser,
} from '../../../../lib/sync/removals/kinds/removal-kind.js';
import type { RemovalRow } from '../../../../models/change-row.js';
import type { UserRecord } from '../../../../models/user.js';
import { toEntry } from '../../../setup/entries.js';
import { toSyncSettings } from '../../../setup/sync-settings.js';

const NOW = new Date('2026-01-01T00:00:00Z');
const STAMP = { runId: 'run1', now: NOW };
const SETTINGS = toSyncSettings({ LDAP_Merge_Existing_Users: true, LDAP_Sync_User_Active_State: 'both' });
const ENTRY = toEntry('cn=ada,dc=x', { entryUUID: 'new', uid: 'ada', employeeNumber: '7' });
const PERSON: Person = {
  id: Buffer.from('new').toString('hex'),
  idAttribute: 'entryUUID',
  dn: 'cn=ada,dc=x',
  username: 'ada',
  name: 'Ada',
  emails: ['ada@x.org'],
  disabled: false,
  photo: undefined,
};
const ACCOUNT: UserRecord = {
  _id: 'u1',
  username: 'ada',
  type: 'user',
  active: true,
  roles: ['user'],
  emails: [{ address: 'other@x.org', verified: true }],
};
const CHANGED = { obstacle: 'changed' };

const ownersOf = (...users: readonly UserRecord[]): NameOwners => ({
  usernames: new Map([['ada', users.map((user) => toNameOwner(user))]]),
  emails: new Map(),
});

function toFacts(changes: Partial<ConfirmFacts> = {}): ConfirmFacts {
  const user = changes.user ?? ACCOUNT;
  const rest = { entry: ENTRY, formerEntry: undefined, owners: ownersOf(user), settings: SETTINGS };
  return { person: PERSON, user, withheld: [], memberships: NO_RULES, ...rest, ...changes };
}

const toConfirmed = (now: ConfirmedNow): Confirmed => ({
  confirmed: true,
  ...(now as Omit<Confirmed, 'confirmed'>),
});

describe('connecting an account', () => {
  let row: RemovalRow;
  // Not as the file is read: a mistake in matching is to fail these tests one by one.
  beforeAll(() => {
    const policy = { mergeExisting: true, defaultRoles: ['user'] };
    const match = matchUnlinked({ person: PERSON, username: 'ada' }, ownersOf(ACCOUNT), policy);
    if (match.kind !== 'conflict' || !match.between) throw new Error('There is no pair.');
    row = {
      kind: 'merge',
      outcome: 'linked',
      state: 'waiting',
      userId: 'u1',
      ldapId: PERSON.id,
      idAttribute: 'entryUUID',
      needsDecision: true,
      pair: toAccountPair(PERSON, match.between, { kind: 'merge', stored: ACCOUNT }),
      fields: [],
    };
  });
  const confirm = (changes: Partial<ConfirmFacts> = {}) => MERGE.confirm(row, NO_DIFF, toFacts(changes));
  const present = (changes: Partial<PresentUser> = {}): PresentUser => ({
    user: ACCOUNT,
    admins: [],
    stamp: STAMP,
    account: toNameOwner(ACCOUNT),
    confirmed: toConfirmed(confirm()),
    ...changes,
  });

  it('is asked for by the settings, of an account that is linked to nobody', () => {
    const saying = (changes: object) => ({ ...SETTINGS, policy: { ...SETTINGS.policy, ...changes } });
    expect(MERGE.isAllowedBy(SETTINGS, row)).toBe(true);
    expect(MERGE.isAllowedBy(saying({ mergeExisting: false }), row)).toBe(false);
    expect(MERGE.isAllowedBy(saying({ syncUsers: false }), row)).toBe(false);
    expect(MERGE.link.isMet(row, ACCOUNT)).toBe(true);
    expect(MERGE.link.isMet(row, { ...ACCOUNT, services: { ldap: {} } })).toBe(false);
  });

  it.each<[string, Partial<ConfirmFacts>, boolean]>([
    ['as it was shown', {}, true],
    ['signed in to since', { user: { ...ACCOUNT, lastLogin: NOW } }, true],
    ['called otherwise by its owner', { user: { ...ACCOUNT, name: 'Other' } }, true],
    ['with another role', { user: { ...ACCOUNT, roles: ['user', 'admin'] } }, false],
    ['switched off', { user: { ...ACCOUNT, active: false } }, false],
    ['a bot', { user: { ...ACCOUNT, type: 'bot' } }, false],
    ['beside another of the same name', { owners: ownersOf(ACCOUNT, { ...ACCOUNT, _id: 'u2' }) }, false],
    ['whose name another has now', { owners: ownersOf({ ...ACCOUNT, _id: 'u2' }) }, false],
    ['of an entry that cannot be mapped', { person: undefined }, false],
  ])('is confirmed by the pair that was shown, and by no other: %s', (_, changes, isConfirmed) => {
    expect('refused' in confirm(changes)).toBe(!isConfirmed);
  });

  it('is never done without a pair', () => {
    const bare = { ...row, pair: undefined } as unknown as typeof row;
    expect(MERGE.confirm(bare, NO_DIFF, toFacts())).toHaveProperty('refused');
    expect(MERGE.carryOut(bare, present())).toEqual(CHANGED);
    expect(MERGE.takeBack(bare, present(), 'run0')).toEqual(CHANGED);
  });

  it('writes services as a whole, so that nothing is left that opened the account', () => {
    const { fields = [] } = toConfirmed(confirm());
    const carried = MERGE.carryOut({ ...row, fields }, present());
    expect(carried).toEqual({
      update: {
        set: {
          ldap: true,
          emails: [{ address: 'ada@x.org', verified: true }],
          services: { ldap: { id: PERSON.id, idAttribute: 'entryUUID' }, resume: { loginTokens: [] } },
          _updatedAt: NOW,
        },
        unset: [],
      },
    });
  });

  it.each<[string, Partial<PresentUser>]>([
    ['another than the confirmed one', { account: { ...toNameOwner(ACCOUNT), roles: ['admin'] } }],
    ['of which nothing is known', { account: undefined }],
    ['that nobody has confirmed', { confirmed: undefined }],
    ['with other addresses', { user: { ...ACCOUNT, emails: [] } }],
  ])('does not touch an account %s', (_, changes) => {
    const { fields = [] } = toConfirmed(confirm());
    expect(MERGE.carryOut({ ...row, fields }, present(changes))).toEqual(CHANGED);
  });

  it.each<[boolean | undefined, string | undefined]>([
    [false, undefined],
    [true, 'deactivated'],
    [undefined, 'pending_approval'],
  ])(
    'of an entry with disabled=%s leaves an active account with the reason %s for being off',
    (disabled, reason) => {
      const settings = { emailsVerified: true, activeState: 'both' } as const;
      const toReasons = (user: UserRecord, activeState: 'both' | 'enable') =>
        toMergeFields({ ...PERSON, disabled }, user, {
          matchedBy: 'username',
          settings: { ...settings, activeState },
        }).flatMap(({ field, to }) => (field === 'inactiveReason' ? [to] : []));
      expect(toReasons(ACCOUNT, 'both')).toEqual(reason === undefined ? [] : [reason]);
      expect(toReasons(ACCOUNT, 'enable')).toEqual([]);
      expect(toReasons({ ...ACCOUNT, active: false }, 'both')).toEqual([]);
    },
  );

  it('does not switch the last administrator off', () => {
    const off = [{ field: 'active', from: true, to: false }];
    const carry = (admins: readonly string[]) => MERGE.carryOut({ ...row, fields: off }, present({ admins }));
    expect(carry(['u1'])).toEqual({ obstacle: 'last-admin' });
    expect(carry(['u1', 'u2'])).toHaveProperty('update');
  });
});

describe('linking a user by another id', () => {
  const former = { id: Buffer.from('7').toString('hex'), idAttribute: 'employeeNumber' };
  const linked = { ...ACCOUNT, services: { ldap: former } };
  const row: RemovalRow = {
    kind: 'relink',
    outcome: 'updated',
    state: 'waiting',
    userId: 'u1',
    ldapId: PERSON.id,
    idAttribute: 'entryUUID',
    formerly: { ldapId: former.id, idAttribute: 'EmployeeNumber' },
    fields: [
      { field: 'services.ldap.id', from: former.id, to: PERSON.id },
      { field: 'services.ldap.idAttribute', from: 'employeeNumber', to: 'entryUUID' },
    ],
  };
  const confirm = (changes: Partial<ConfirmFacts>) =>
    RELINK.confirm(row, NO_DIFF, toFacts({ user: linked, ...changes }));

  it('is about a user who is linked by the former id, whatever the case of the attribute', () => {
    expect(RELINK.link.isMet(row, linked)).toBe(true);
    expect(RELINK.link.isMet(row, { ...linked, services: { ldap: { ...former, id: '38' } } })).toBe(false);
    expect(RELINK.link.isMet(row, { ...linked, services: { ldap: { ...former, idAttribute: 'uid' } } })).toBe(
      false,
    );
    expect(RELINK.link.isMet(row, ACCOUNT)).toBe(false);
  });

  it.each<[string, Partial<ConfirmFacts>, boolean]>([
    ['the entry has it still, and the user name agrees', {}, true],
    ['the entry has lost it', { entry: toEntry('cn=ada,dc=x', { uid: 'ada' }) }, false],
    ['the entry has another', { entry: toEntry('cn=ada,dc=x', { employeeNumber: '8' }) }, false],
    ['nothing else agrees', { user: { ...linked, username: 'bob' } }, false],
    [
      'the address agrees',
      { user: { ...linked, username: 'bob', emails: [{ address: 'ADA@x.org', verified: false }] } },
      true,
    ],
    ['the entry cannot be mapped', { person: undefined }, false],
  ])('is confirmed when %s', (_, changes, isConfirmed) => {
    expect('refused' in confirm(changes)).toBe(!isConfirmed);
  });

  it('happens to a user who is linked as expected, and is taken back from one who is linked as it was done', () => {
    const present = (user: UserRecord): PresentUser => ({ user, admins: [], stamp: STAMP });
    const [id, idAttribute] = row.fields;
    expect(RELINK.carryOut(row, present(linked))).toEqual({
      update: {
        set: { 'services.ldap.id': id?.to, 'services.ldap.idAttribute': idAttribute?.to, _updatedAt: NOW },
        unset: [],
      },
    });
    expect(RELINK.carryOut(row, present(ACCOUNT))).toEqual(CHANGED);
    const opposite = {
      ...row,
      fields: row.fields.map(({ field, from, to }) => ({ field, from: to, to: from })),
    };
    const done = { ...ACCOUNT, services: { ldap: { id: PERSON.id, idAttribute: 'entryUUID' } } };
    expect(RELINK.takeBack(opposite, present(done), 'run0')).toMatchObject({
      update: { set: { 'services.ldap.id': former.id, 'services.ldap.idAttribute': 'employeeNumber' } },
    });
    expect(RELINK.takeBack(opposite, present(linked), 'run0')).toEqual(CHANGED);
  });
});
