import type { Person } from '../../../../lib/mapping/map-entry.js';
import { toAccountPair } from '../../../../lib/sync/plan/account-pair.js';
import { findAlike } from '../../../../lib/sync/plan/alike.js';
import { NO_DIFF } from '../../../../lib/sync/plan/diff.js';
import { matchUnlinked } from '../../../../lib/sync/plan/match.js';
import { toNameOwner, type NameOwners } from '../../../../lib/sync/plan/name-owners.js';
import { MERGE } from '../../../../lib/sync/removals/kinds/merge.js';
import { RELINK } from '../../../../lib/sync/removals/kinds/relink.js';
import type {
  Confirmed,
  ConfirmFacts,
  PresentUser,
} from '../../../../lib/sync/removals/kinds/removal-kind.js';
import { NO_RULES } from '../../../../lib/sync/rooms/membership-rules.js';
import type { RemovalRow } from '../../../../models/change-row.js';
import type { UserRecord } from '../../../../models/user.js';
import { toEntry } from '../../../setup/entries.js';
import { toEmails } from '../../../setup/removal-rows.js';
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
  emails: toEmails('ada@x.org'),
};
const FORMER = { id: '37', idAttribute: 'employeeNumber' };
const LINKED: UserRecord = { ...ACCOUNT, ldap: true, services: { ldap: FORMER } };
const NOW_LINKED: UserRecord = {
  ...ACCOUNT,
  ldap: true,
  services: { ldap: { id: PERSON.id, idAttribute: 'entryUUID' } },
};
const CHANGED = { obstacle: 'changed' };
const NEW_DECISION = 'The account is no longer what the pair showed, so it waits for a new decision.';
const NO_PAIR = 'The row does not say of which pair it is.';

const ownersOf = (...users: readonly UserRecord[]): NameOwners => {
  const owners = users.map((user) => toNameOwner(user));
  return { usernames: new Map([['ada', owners]]), emails: new Map([['ada@x.org', owners]]) };
};
const toFacts = (user: UserRecord, changes: Partial<ConfirmFacts> = {}): ConfirmFacts => ({
  person: PERSON,
  user,
  entry: ENTRY,
  formerEntry: 'gone',
  owners: ownersOf(user),
  settings: SETTINGS,
  withheld: [],
  memberships: NO_RULES,
  ...changes,
});
const present = (user: UserRecord, changes: Partial<PresentUser> = {}): PresentUser => ({
  user,
  admins: [],
  stamp: STAMP,
  account: toNameOwner(user),
  confirmed: { confirmed: true, by: 'paired', reason: '', account: toNameOwner(user) },
  ...changes,
});
const confirmed = (dn?: string): Confirmed => ({
  confirmed: true,
  by: 'paired',
  reason: '',
  ...(dn === undefined ? {} : { dn }),
});

describe('connecting an account', () => {
  const unverified: UserRecord = { ...ACCOUNT, emails: [{ address: 'ada@x.org', verified: false }] };
  let row: RemovalRow;
  // Not as the file is read: a mistake in matching is to fail these tests one by one.
  beforeAll(() => {
    const policy = { mergeExisting: true, defaultRoles: ['user'] };
    const match = matchUnlinked({ person: PERSON, username: 'ada' }, ownersOf(unverified), policy);
    if (match.kind !== 'conflict' || !match.between) throw new Error('There is no pair.');
    row = {
      kind: 'merge',
      outcome: 'linked',
      state: 'waiting',
      userId: 'u1',
      ldapId: PERSON.id,
      idAttribute: 'entryUUID',
      needsDecision: true,
      pair: toAccountPair(PERSON, match.between, { kind: 'merge', stored: unverified }),
      fields: [],
    };
  });

  it('is about a pair, and gives addresses back that the account had', () => {
    expect(MERGE.connects?.(row)).toBe(true);
    const fields = [{ field: 'emails', from: toEmails('ada@x.org'), to: toEmails('old@x.org') }];
    expect(MERGE.givesBack?.({ ...row, fields })).toEqual(['old@x.org']);
  });

  it.each<[string, boolean | undefined, string]>([
    ['enabled', false, 'is enabled in the directory'],
    ['disabled', true, 'is disabled in the directory'],
    ['of an unknown state', undefined, 'has an entry that does not show whether they are disabled'],
  ])('says how the entry stands: %s', (_, disabled, reason) => {
    const person = { ...PERSON, disabled };
    const match = matchUnlinked({ person, username: 'ada' }, ownersOf(unverified), {
      mergeExisting: true,
      defaultRoles: ['user'],
    });
    const between = match.kind === 'conflict' ? match.between! : undefined!;
    const pair = toAccountPair(person, between, { kind: 'merge', stored: unverified });
    expect(MERGE.confirm({ ...row, pair }, NO_DIFF, toFacts(unverified, { person }))).toMatchObject({
      by: 'paired',
      reason,
    });
  });

  it.each<[string, Partial<ConfirmFacts>, string]>([
    ['the entry cannot be mapped', { person: undefined }, NO_PAIR],
    [
      'another account has the names',
      { owners: ownersOf({ ...unverified, _id: 'u2' }) },
      'The entry and the account no longer are the only ones that have the same names.',
    ],
    [
      'nobody has them',
      { owners: ownersOf() },
      'The entry and the account no longer are the only ones that have the same names.',
    ],
    ['the account has another role', { user: { ...unverified, roles: ['user', 'x'] } }, NEW_DECISION],
  ])('is refused with its reason when %s', (_, changes, refused) => {
    const facts = toFacts(changes.user ?? unverified, changes);
    expect(MERGE.confirm(row, NO_DIFF, facts)).toEqual({ refused });
  });

  it.each<[string, RemovalRow['fields'], object]>([
    ['that is switched off', [{ field: 'active', from: true, to: false }], { obstacle: 'last-admin' }],
    [
      'that is switched off beside another change',
      [
        { field: 'ldap', to: true },
        { field: 'active', from: true, to: false },
      ],
      { obstacle: 'last-admin' },
    ],
    ['that stays on', [{ field: 'active', from: true, to: true }], { update: expect.anything() }],
    ['of which something else becomes false', [{ field: 'ldap', to: false }], { update: expect.anything() }],
  ])('asks for other administrators only for an account %s', (_, fields, carried) => {
    expect(MERGE.carryOut({ ...row, fields }, present(unverified, { admins: ['u1'] }))).toEqual(carried);
  });

  it('is taken back from an account that is linked to the entry, and says of which pair it was', () => {
    expect(MERGE.takeBack(row, present(NOW_LINKED), 'run0')).toHaveProperty('update');
    expect(MERGE.takeBack(row, present(LINKED), 'run0')).toEqual(CHANGED);
    expect(MERGE.takeBack({ ...row, pair: undefined }, present(NOW_LINKED), 'run0')).toEqual(CHANGED);
  });

  it('gives no address back that another account has by now', () => {
    const fields = [
      { field: 'emails', from: toEmails('ada@x.org'), to: toEmails('old@x.org', 'free@x.org') },
    ];
    const addressOwners = new Map([['old@x.org', [toNameOwner({ ...ACCOUNT, _id: 'u2' })]]]);
    const back = MERGE.takeBack({ ...row, fields }, present(NOW_LINKED, { addressOwners }), 'run0');
    expect(JSON.stringify(back)).toContain('free@x.org');
    expect(JSON.stringify(back)).not.toContain('old@x.org');
  });

  it('is told in the report, whatever is known of the account and the entry', () => {
    expect(MERGE.toAccount?.(confirmed('cn=ada,dc=x'), row)).toMatchObject({
      code: 'merged',
      params: { account: 'ada', dn: 'cn=ada,dc=x', matchedBy: 'address' },
      remedy: expect.stringContaining('revert this run'),
    });
    expect(MERGE.toAccount?.(confirmed(), { ...row, pair: undefined })).toMatchObject({
      params: { account: '', dn: '', matchedBy: 'username' },
    });
    const nameless = {
      ...row,
      pair: { ...row.pair!, account: { ...row.pair!.account, username: undefined } },
    };
    expect(MERGE.toAccount?.(confirmed('d'), nameless as never)).toMatchObject({ params: { account: 'u1' } });
    const off = { ...row, fields: [{ field: 'active', from: true, to: false }] };
    expect(MERGE.toAccount?.(confirmed('d'), off)?.reason).toContain('It is off');
    expect(MERGE.toAccount?.(confirmed('d'), row)?.reason).not.toContain('It is off');
  });
});

describe('linking a user by another id', () => {
  const FIELDS = [
    { field: 'services.ldap.id', from: FORMER.id, to: PERSON.id },
    { field: 'services.ldap.idAttribute', from: FORMER.idAttribute, to: 'entryUUID' },
  ];
  const row: RemovalRow = {
    kind: 'relink',
    outcome: 'updated',
    state: 'waiting',
    userId: 'u1',
    ldapId: PERSON.id,
    idAttribute: 'entryUUID',
    formerly: { ldapId: FORMER.id, idAttribute: FORMER.idAttribute },
    fields: FIELDS,
  };
  const OPPOSITE = FIELDS.map(({ field, from, to }) => ({ field, from: to, to: from }));
  let paired: RemovalRow;
  beforeAll(() => {
    const alike = findAlike({ person: PERSON, username: 'ada' }, ownersOf(LINKED));
    if (!alike) throw new Error('There is no pair.');
    paired = {
      ...row,
      needsDecision: true,
      pair: toAccountPair(PERSON, alike, { kind: 'relink', stored: LINKED }),
    };
  });

  it('connects an account only where it is about a pair, and is of nobody whose former id is not said', () => {
    expect([RELINK.connects?.(row), RELINK.connects?.(paired)]).toEqual([false, true]);
    expect(RELINK.link.isMet(row, LINKED)).toBe(true);
    expect(RELINK.link.isMet({ ...row, formerly: undefined }, LINKED)).toBe(false);
  });

  it('of the same entry is confirmed, or says why not', () => {
    expect(RELINK.confirm(row, NO_DIFF, toFacts(LINKED))).toEqual({
      by: 'same-entry',
      reason: 'has another id in the directory',
    });
    const gone = 'The entry no longer has what the account is linked by.';
    const other = toEntry('cn=ada,dc=x', { employeeNumber: '8' });
    expect(RELINK.confirm(row, NO_DIFF, toFacts(LINKED, { entry: other }))).toEqual({ refused: gone });
    expect(RELINK.confirm({ ...row, formerly: undefined }, NO_DIFF, toFacts(LINKED))).toEqual({
      refused: gone,
    });
    const stranger = { ...LINKED, username: 'bob', emails: toEmails('bob@x.org') };
    expect(RELINK.confirm(row, NO_DIFF, toFacts(stranger))).toEqual({
      refused: 'Neither the user name nor an address of the entry is that of the account any more.',
    });
  });

  it('of an entry that was made anew is confirmed with the account as it is', () => {
    expect(RELINK.confirm(paired, NO_DIFF, toFacts(LINKED))).toEqual({
      by: 'paired',
      reason: 'has an entry that was made anew',
      fields: FIELDS,
      account: toNameOwner(LINKED),
    });
  });

  const off = (because: 'missing-from-directory' | 'disabled-in-directory'): UserRecord => ({
    ...LINKED,
    active: false,
    ldapSync: { deactivatedBecause: because },
  });

  it.each<[string, UserRecord, boolean | undefined, boolean]>([
    ['off since the entry was missing', off('missing-from-directory'), false, true],
    [
      'off since the entry was missing, and the new one is disabled',
      off('missing-from-directory'),
      true,
      false,
    ],
    [
      'off since the entry was missing, and the new one shows nothing',
      off('missing-from-directory'),
      undefined,
      false,
    ],
    ['off for another reason', off('disabled-in-directory'), false, false],
    ['off by hand', { ...LINKED, active: false }, false, false],
    ['on', LINKED, false, false],
  ])('switches on who is %s: %#', (_, user, disabled, isBack) => {
    const person = { ...PERSON, disabled };
    const alike = findAlike({ person, username: 'ada' }, ownersOf(user))!;
    const own = { ...paired, pair: toAccountPair(person, alike, { kind: 'relink', stored: user }) };
    const now = RELINK.confirm(own, NO_DIFF, toFacts(user, { person }));
    expect('fields' in now && now.fields?.some(({ field, to }) => field === 'active' && to === true)).toBe(
      isBack,
    );
    expect('fields' in now && now.fields?.length).toBe(isBack ? 4 : 2);
  });

  const ALONE = 'The account and the entry no longer are the only ones with the same user name and address.';
  it.each<[string, Partial<ConfirmFacts>, string]>([
    ['the entry cannot be mapped', { person: undefined }, NO_PAIR],
    [
      'the former entry is there',
      { formerEntry: 'present' },
      'The entry that the account is linked to is there after all.',
    ],
    [
      'nothing was asked about the former entry',
      { formerEntry: undefined },
      'The entry that the account is linked to is there after all.',
    ],
    ['another account has the names', { owners: ownersOf({ ...LINKED, _id: 'u2' }) }, ALONE],
    ['nobody has the names', { owners: ownersOf() }, ALONE],
    ['the account has another role', { user: { ...LINKED, roles: ['user', 'x'] } }, NEW_DECISION],
  ])('of an entry that was made anew is refused when %s', (_, changes, refused) => {
    expect(RELINK.confirm(paired, NO_DIFF, toFacts(changes.user ?? LINKED, changes))).toEqual({ refused });
  });

  it('of a person without a user name is decided by the id', () => {
    const person = { ...PERSON, username: undefined } as unknown as Person;
    expect(RELINK.confirm(paired, NO_DIFF, toFacts(LINKED, { person }))).toEqual({ refused: ALONE });
  });

  it('is done to the account that was confirmed; without a pair nothing of it is compared', () => {
    expect(RELINK.carryOut(paired, present(LINKED))).toHaveProperty('update');
    expect(RELINK.carryOut(paired, present(LINKED, { account: undefined }))).toEqual(CHANGED);
    expect(RELINK.carryOut(paired, present(LINKED, { confirmed: undefined }))).toEqual(CHANGED);
    expect(
      RELINK.carryOut(row, present(LINKED, { account: undefined, confirmed: undefined })),
    ).toHaveProperty('update');
    expect(RELINK.carryOut(row, present({ ...LINKED, services: { ldap: { ...FORMER, id: 'x' } } }))).toEqual(
      CHANGED,
    );
  });

  it('is taken back, with the end of the sessions where somebody had decided', () => {
    const back = (one: RemovalRow, user: UserRecord, admins: readonly string[] = []) =>
      RELINK.takeBack({ ...one, fields: OPPOSITE }, present(user, { admins }), 'run0');
    const plain = {
      update: {
        set: {
          'services.ldap.id': FORMER.id,
          'services.ldap.idAttribute': FORMER.idAttribute,
          _updatedAt: NOW,
        },
        unset: [],
      },
    };
    expect(back(row, NOW_LINKED)).toEqual(plain);
    expect(back(paired, NOW_LINKED)).toEqual({
      update: { ...plain.update, set: { ...plain.update.set, 'services.resume.loginTokens': [] } },
    });
    expect(back(row, LINKED)).toEqual(CHANGED);
  });

  it('switches nobody off again who is the last administrator', () => {
    const fields = [...OPPOSITE, { field: 'active', from: true, to: false }];
    const back = (admins: readonly string[], own = fields) =>
      RELINK.takeBack({ ...row, fields: own }, present(NOW_LINKED, { admins }), 'run0');
    expect(back(['u1'])).toEqual({ obstacle: 'last-admin' });
    expect(back(['u1', 'u2'])).toHaveProperty('update');
    expect(back(['u1'], OPPOSITE)).toHaveProperty('update');
  });

  it('is told in the report where somebody has decided', () => {
    expect(RELINK.toAccount?.(confirmed('cn=ada,dc=x'), row)).toBeUndefined();
    const told = (one: object, dn?: string) =>
      RELINK.toAccount?.(confirmed(dn), { ...row, needsDecision: true, ...one } as never);
    const why = (account: string, dn: string, reason = '') => ({
      code: 'relinked',
      params: { account, dn },
      reason:
        `The account ${account} belongs to the entry ${dn} now, as somebody has decided${reason}. It keeps its ` +
        'password, tokens and roles.',
      remedy: 'Nothing, if both are the same person; else revert this run (ldap.revertRun).',
    });
    const gone = ': the entry that it was linked to is gone';
    expect(told({ pair: paired.pair }, 'cn=ada,dc=x')).toEqual(why('ada', 'cn=ada,dc=x', gone));
    expect(told({ username: 'name' }, 'd')).toEqual(why('name', 'd'));
    expect(told({}, 'd')).toEqual(why('u1', 'd'));
    expect(told({})).toEqual(why('u1', ''));
  });
});
