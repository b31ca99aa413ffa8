import type { SyncSettings } from '../../../../lib/settings/sync-settings.js';
import { NO_DIFF, type UserDiff } from '../../../../lib/sync/plan/diff.js';
import { toNameRules } from '../../../../lib/sync/plan/name-refusal.js';
import { CLEAR } from '../../../../lib/sync/removals/kinds/clear.js';
import { DEACTIVATE } from '../../../../lib/sync/removals/kinds/deactivate.js';
import { KINDS } from '../../../../lib/sync/removals/kinds/removal-kinds.js';
import { PHOTO } from '../../../../lib/sync/removals/kinds/photo.js';
import { REACTIVATE } from '../../../../lib/sync/removals/kinds/reactivate.js';
import { RELEASE } from '../../../../lib/sync/removals/kinds/release.js';
import type { Confirmed, ConfirmFacts } from '../../../../lib/sync/removals/kinds/removal-kind.js';
import { RENAME } from '../../../../lib/sync/removals/kinds/rename.js';
import { NO_RULES } from '../../../../lib/sync/rooms/membership-rules.js';
import type { RemovalRow } from '../../../../models/change-row.js';
import type { RemovalKind } from '../../../../models/removal-kind.js';
import type { UserRecord } from '../../../../models/user.js';
import { toReaddress, toRename, toRow } from '../../../setup/removal-rows.js';
import { toSyncSettings } from '../../../setup/sync-settings.js';

const NOW = new Date('2026-01-01T00:00:00Z');
const ADA: UserRecord = {
  _id: 'u1',
  username: 'ada',
  active: true,
  services: { ldap: { id: 'u1', idAttribute: 'uid' } },
};
const FACTS: ConfirmFacts = {
  person: undefined,
  entry: { dn: 'cn=ada', attributes: new Map() },
  formerEntry: undefined,
  user: ADA,
  owners: { usernames: new Map(), emails: new Map() },
  settings: {} as SyncSettings,
  withheld: [],
  memberships: NO_RULES,
};
const present = (changes: Partial<UserRecord> = {}, teams: readonly string[] = []) => ({
  user: { ...ADA, ...changes },
  admins: ['u1', 'u2'],
  teams: new Set(teams),
  stamp: { runId: 'run1', now: NOW },
});
const ADDRESSES = toReaddress('u1', ['a@x'], ['c@x', 'd@x']);
const FREED = toRow('release', 'u1', [{ field: 'username', from: 'ada', to: 'ada.left' }]);

const ROWS: ReadonlyMap<RemovalKind, RemovalRow> = new Map([
  ['rename', toRename('u1', 'ada', 'countess')],
  ['clear', ADDRESSES],
  ['release', FREED],
]);

it.each<[RemovalKind, object | undefined]>([
  [
    'rename',
    {
      names: 'usernames',
      taken: {
        code: 'username-taken',
        params: { username: 'countess' },
        reason: 'The directory now says countess, but that user name belongs to another account.',
        remedy: 'Rename one of the two.',
      },
      since: {
        code: 'username-taken',
        params: { username: 'countess' },
        reason: 'The user name countess belongs to another account by now.',
        remedy: 'Rename one of the two.',
      },
    },
  ],
  [
    'clear',
    {
      names: 'emails',
      taken: {
        code: 'address-taken',
        params: { addresses: 'c@x, d@x' },
        reason: 'Of the addresses c@x, d@x that the directory now says, one belongs to another account.',
        remedy: 'Change the address of one of the two.',
      },
      since: {
        code: 'address-taken',
        params: {},
        reason: 'An earlier address of the user belongs to another account by now.',
        remedy: 'Change the address of one of the two.',
      },
    },
  ],
  [
    'release',
    {
      names: 'usernames',
      taken: {
        code: 'username-taken',
        params: { username: 'ada.left' },
        reason: 'The user name ada.left that this account was to get belongs to another account by now.',
        remedy: 'Run the sync again; it finds another name.',
      },
      since: {
        code: 'username-taken',
        params: {},
        reason: 'The former user name or an address of the account belongs to another account by now.',
        remedy: 'Nothing, if that one is to keep it; else change one of the two by hand.',
      },
    },
  ],
  ['deactivate', undefined],
  ['photo', undefined],
])('%s: says who has the name that it wants, and who has what a revert would give back', (kind, said) => {
  const { exchange } = KINDS[kind];
  const row = ROWS.get(kind) ?? toRow(kind, 'u1');
  const words = exchange && {
    names: exchange.names,
    taken: exchange.toTaken(row),
    since: exchange.toTakenSince(row),
  };
  expect(words).toEqual(said);
});

it.each<[string, RemovalKind, Partial<UserDiff>, object]>([
  [
    'another name',
    'rename',
    { rename: { from: 'ada', to: 'countess' } },
    { by: 'renamed', reason: 'has another user name in the directory' },
  ],
  ['the old name', 'rename', {}, { refused: 'The directory no longer says that user name.' }],
  [
    'disabled',
    'deactivate',
    { activation: 'deactivate' },
    { by: 'disabled', reason: 'is disabled in the directory' },
  ],
  [
    'disabled by an attribute',
    'deactivate',
    { activation: 'deactivate', disabledBy: 'nsAccountLock' },
    { by: 'disabled', reason: 'is disabled in the directory (nsAccountLock)' },
  ],
  [
    'enabled',
    'deactivate',
    { activation: 'activate' },
    { refused: 'The directory no longer shows the person as disabled, or the user is off already.' },
  ],
  [
    'enabled',
    'reactivate',
    { activation: 'activate' },
    { by: 'enabled', reason: 'is enabled in the directory' },
  ],
  [
    'disabled',
    'reactivate',
    { activation: 'deactivate' },
    { refused: 'The directory no longer shows the person as enabled, or the user is on already.' },
  ],
  [
    'no photo',
    'photo',
    { dropsPhoto: true },
    { by: 'without-value', reason: 'has no photo in the directory' },
  ],
  [
    'a photo',
    'photo',
    { dropsPhoto: false },
    { refused: 'The person has a photo in the directory again, or the user has another picture.' },
  ],
  ['other addresses', 'clear', {}, { refused: 'The directory no longer says so.' }],
  [
    'anything at all',
    'release',
    {},
    { refused: 'The person is in the directory again, and keeps the user name and addresses.' },
  ],
])('a person whom the directory shows with %s: what %s says of that', (_, kind, diff, said) => {
  const row = ROWS.get(kind) ?? toRow(kind, 'u1');
  expect(KINDS[kind].confirm(row, { ...NO_DIFF, ...diff }, FACTS)).toEqual(said);
});

it('a loss is confirmed with the reason and the values of now, and only when all of them are lost', () => {
  const row = toRow('clear', 'u1', [
    { field: 'sipExtension', from: '42' },
    { field: 'bio', from: 'b' },
  ]);
  const lost = (...fields: readonly ('sipExtension' | 'bio')[]): UserDiff => ({
    ...NO_DIFF,
    clear: new Map(fields.map((field) => [field, undefined] as const)) as UserDiff['clear'],
  });
  expect(CLEAR.confirm(row, lost('sipExtension', 'bio'), FACTS)).toStrictEqual({
    by: 'without-value',
    reason: 'has no such value in the directory',
    fields: row.fields,
  });
  expect(CLEAR.confirm(row, lost('sipExtension'), FACTS)).toHaveProperty('refused');
});

it('taking the role of administrators is known as such', () => {
  const taking = (...to: readonly string[]) =>
    toRow('clear', 'u1', [{ field: 'roles', from: ['user', 'admin'], to }]);
  expect(CLEAR.takesAdmin?.(taking('user'))).toBe(true);
  expect(CLEAR.takesAdmin?.(taking('admin'))).toBe(false);
});

describe('which settings ask for a kind', () => {
  const settings = (changes: object): SyncSettings => {
    const known = toSyncSettings();
    return { ...known, policy: { ...known.policy, syncUsers: true, keepUpdated: true, ...changes } };
  };

  it.each<RemovalKind>(['deactivate', 'rename', 'clear', 'reactivate', 'release', 'relink', 'membership'])(
    '%s: only those by which users are synced and kept as their entries are',
    (kind) => {
      const allowedBy = (changes: object): boolean =>
        KINDS[kind].isAllowedBy(settings(changes), toRow(kind, 'u1', []));
      expect(allowedBy({})).toBe(true);
      expect(allowedBy({ syncUsers: false })).toBe(false);
      expect(allowedBy({ keepUpdated: false })).toBe(false);
    },
  );

  it('the loss of an ABAC attribute: also those by which nothing else of users follows', () => {
    const [off, abac] = [settings({ syncUsers: false }), [{ key: 'site', attributes: ['l'] }]];
    const allowed = (field: string, mapping: object = { abac }): boolean =>
      CLEAR.isAllowedBy(
        { ...off, mapping: { ...off.mapping, ...mapping } },
        toRow('clear', 'u1', [{ field }]),
      );
    expect([allowed('abacAttributes'), allowed('emails'), allowed('abacAttributes', {})]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('a photo: only those that name an attribute of photos', () => {
    const allowedBy = (photoAttributes: readonly string[]): boolean =>
      PHOTO.isAllowedBy(
        { ...settings({}), mapping: { ...toSyncSettings().mapping, photoAttributes } },
        toRow('photo', 'u1', []),
      );
    expect([allowedBy(['jpegPhoto']), allowedBy([])]).toEqual([true, false]);
  });

  it('freeing names: only those that ask for it, of people who are nowhere in the directory', () => {
    expect(RELEASE.absence).toMatchObject({ isOnlyGone: true });
    const { policy } = settings({});
    expect(RELEASE.absence?.isAskedFor({ ...policy, freeNames: true })).toBe(true);
    expect(RELEASE.absence?.isAskedFor({ ...policy, freeNames: false })).toBe(false);
  });
});

describe('a renaming', () => {
  const row = toRename('u1', 'ada', 'Countess');

  it('is refused by what nobody newly gets as a name', () => {
    const rules = toNameRules(toSyncSettings({ Accounts_BlockedUsernameList: 'Countess' }).usernames);
    expect(RENAME.findRefusal?.(row, rules)).toMatchObject({ code: 'username-reserved' });
    expect(RENAME.findRefusal?.(toRename('u1', 'ada', 'other'), rules)).toBeUndefined();
  });

  it('gives no name to an account of another server, nor that of a team', () => {
    expect(RENAME.carryOut(row, present({ federated: true }))).toEqual({ obstacle: 'federated' });
    expect(RENAME.carryOut(row, present({}, ['countess']))).toEqual({ obstacle: 'team' });
    expect(RENAME.carryOut(row, present({}, ['ada']))).toHaveProperty('update');
  });

  it('expects the old name or the new one, or none where the row says none', () => {
    expect(RENAME.carryOut(row, present({ username: 'Countess' }))).toHaveProperty('update');
    expect(RENAME.carryOut(toRename('u1', undefined, 'x'), present({ username: 'any' }))).toHaveProperty(
      'update',
    );
    expect(RENAME.exchange?.gives(toRename('u1', undefined, 'x'))).toEqual(['']);
  });

  it('of a user without a name remembers none', () => {
    expect(RENAME.carryOut(toRename('u1', undefined, 'x'), present({ username: undefined }))).toStrictEqual({
      update: { set: { username: 'x', _updatedAt: NOW } },
    });
  });

  it('is not confirmed for a row that says no name', () => {
    const diff = { ...NO_DIFF, rename: { from: 'ada', to: 'countess' } };
    expect(RENAME.confirm(toRow('rename', 'u1'), diff, FACTS)).toHaveProperty('refused');
  });
});

describe('switching off', () => {
  const row = { ...toRow('deactivate', 'u1'), because: 'disabled-in-directory', disabledBy: 'lock' } as const;

  it('does not touch an account of another server', () => {
    expect(DEACTIVATE.carryOut(row, present({ federated: true }))).toEqual({ obstacle: 'federated' });
  });

  it('remembers why, and by which attribute', () => {
    expect(DEACTIVATE.carryOut(row, present())).toMatchObject({
      update: {
        set: { 'ldapSync.deactivatedBecause': 'disabled-in-directory', 'ldapSync.deactivatedBy': 'lock' },
      },
    });
  });

  it('mails about being on when it is taken back', () => {
    const off = { active: false, ldapSync: { deactivatedByRun: 'run0' } };
    expect(DEACTIVATE.takeBack(row, present(off), 'run0')).toMatchObject({
      update: { set: { 'ldapSync.mail': { about: 'on', runId: 'run1' }, 'ldapSync.switching': 'back' } },
    });
    expect(DEACTIVATE.takeBack(row, present({ active: false }), 'run0')).toEqual({ obstacle: 'changed' });
  });

  it('is told in the report with its cause, and the entry where there is one', () => {
    const confirmed: Confirmed = { confirmed: true, by: 'gone', reason: 'is no longer in the directory' };
    const told = {
      code: 'switched-off',
      params: { cause: 'gone' },
      reason: 'The person is no longer in the directory; the user was switched off and signed out.',
      remedy:
        'Nothing, if this is meant; else put the person back into the directory and switch the user on, or revert ' +
        'this run (ldap.revertRun).',
    };
    expect(DEACTIVATE.toAccount?.(confirmed, row)).toStrictEqual(told);
    expect(DEACTIVATE.toAccount?.({ ...confirmed, dn: 'cn=ada' }, row)).toEqual({
      ...told,
      params: { cause: 'gone', dn: 'cn=ada' },
    });
  });
});

describe('switching on again', () => {
  const row = toRow('reactivate', 'u1');
  const off = { active: false, ldapSync: { deactivatedByRun: 'run0' } } as const;

  it('lets the person in, says by which run, and mails', () => {
    expect(REACTIVATE.carryOut(row, present(off))).toMatchObject({
      update: {
        set: {
          active: true,
          'ldapSync.reactivatedByRun': 'run1',
          'ldapSync.mail': { about: 'on', runId: 'run1' },
        },
      },
    });
  });

  it.each<[string, Partial<UserRecord>, object]>([
    ['who is on', { active: true }, { obstacle: 'changed' }],
    ['who is linked to another entry', { ...off, services: { ldap: { id: 'x' } } }, { obstacle: 'changed' }],
    ['of another server', { ...off, federated: true }, { obstacle: 'federated' }],
  ])('does not touch a user %s', (_, changes, obstacle) => {
    expect(REACTIVATE.carryOut(row, present(changes))).toEqual(obstacle);
  });

  it('is taken back from whom that run has switched on, but not from the last administrator', () => {
    const on = { active: true, ldapSync: { reactivatedByRun: 'run0' } };
    const back = toRow('reactivate', 'u1', [{ field: 'active', from: true, to: false }]);
    expect(REACTIVATE.takeBack(back, present(on), 'run0')).toMatchObject({
      update: { set: { active: false, 'ldapSync.mail': { about: 'off', runId: 'run1' } } },
    });
    expect(REACTIVATE.takeBack(back, present(on), 'run9')).toEqual({ obstacle: 'changed' });
    expect(REACTIVATE.takeBack(back, present({ active: true }), 'run0')).toEqual({ obstacle: 'changed' });
    expect(REACTIVATE.takeBack(back, present({ ...on, active: false }), 'run0')).toEqual({
      obstacle: 'changed',
    });
    const last = { ...present(on), admins: ['u1'] };
    expect(REACTIVATE.takeBack(back, last, 'run0')).toEqual({ obstacle: 'last-admin' });
  });
});

describe('what follows the entry', () => {
  it('goes by the link that the row was made with', () => {
    const { link } = KINDS.deactivate;
    const row = { ...toRow('deactivate', 'u1'), ldapId: 'aa' };
    const linked = (ldap: object | undefined): UserRecord => ({ ...ADA, ldap: true, services: { ldap } });
    expect(link.isMet(row, linked({ id: 'aa', idAttribute: 'uid' }))).toBe(true);
    expect(link.isMet(row, linked({ id: 'bb', idAttribute: 'uid' }))).toBe(false);
    expect(link.isMet(row, linked(undefined))).toBe(false);
  });

  it('takes values from nobody who is linked to another entry by now', () => {
    const row = toRow('clear', 'u1', [{ field: 'sipExtension', from: '42' }]);
    expect(CLEAR.carryOut(row, present({ sipExtension: '42' }))).toHaveProperty('update');
    expect(
      CLEAR.carryOut(
        row,
        present({ sipExtension: '42', services: { ldap: { id: 'x', idAttribute: 'uid' } } }),
      ),
    ).toEqual({ obstacle: 'changed' });
  });
});

describe('what a row is about, by which a plan knows it again', () => {
  const about = (row: RemovalRow): unknown => KINDS[row.kind].toSubject?.(row);

  it('is of addresses those that go and those that come', () => {
    expect(about(ADDRESSES)).toEqual(['emails', ['a@x'], ['c@x', 'd@x']]);
  });

  it('is of roles those that are taken', () => {
    expect(about(toRow('clear', 'u1', [{ field: 'roles', from: ['user', 'a'], to: ['user'] }]))).toEqual([
      'roles',
      ['a'],
    ]);
  });

  it('is of another field, or of none, what the row says', () => {
    const fields = [{ field: 'sipExtension', from: '42' }];
    expect(about(toRow('clear', 'u1', fields))).toEqual(fields);
    expect(about(toRow('clear', 'u1'))).toEqual([]);
  });

  it('is the new name, the photo, or the room', () => {
    expect(about(toRename('u1', 'ada', 'countess'))).toBe('countess');
    expect(about(toRow('photo', 'u1', [{ field: 'photo', from: 'h1' }]))).toBe('h1');
    expect(about(toRow('photo', 'u1'))).toBeUndefined();
    expect(about({ ...toRow('membership', 'u1'), room: { kind: 'teams', rid: 'r1', names: [] } })).toBe('r1');
    expect(about(toRow('membership', 'u1'))).toBeUndefined();
  });
});
