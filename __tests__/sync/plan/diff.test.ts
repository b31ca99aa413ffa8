import {
  diffUser,
  hasAdditiveChange,
  NO_DIFF,
  toEmailRecords,
  type DiffSettings,
} from '../../../lib/sync/plan/diff.js';
import type { Person } from '../../../lib/mapping/map-entry.js';
import type { UserRecord } from '../../../models/user.js';
import { ADA, ADA_STORED as STORED } from '../../setup/entries.js';

const SETTINGS: DiffSettings = { emailsVerified: true, activeState: 'disable' };

function diff(
  person: Partial<Person> = {},
  stored: Partial<UserRecord> = {},
  settings: Partial<DiffSettings> = {},
) {
  return diffUser({ ...ADA, ...person }, { ...STORED, ...stored }, { ...SETTINGS, ...settings });
}

describe('a stored user who is what the directory says', () => {
  it('is not changed in anything', () => {
    const { set, clear, ...rest } = diff();
    expect([...set]).toEqual([]);
    expect([...clear]).toEqual([]);
    expect(rest).toEqual({
      addImportId: undefined,
      rename: undefined,
      activation: undefined,
      dropsPhoto: false,
    });
    expect(hasAdditiveChange(diff())).toBe(false);
  });

  it('keeps a name and a user name the directory does not give', () => {
    expect(hasAdditiveChange(diff({ name: undefined, username: undefined }))).toBe(false);
    expect(diff({ username: undefined }).rename).toBeUndefined();
  });

  it('keeps roles, and fields that are not managed', () => {
    expect(hasAdditiveChange(diff({}, { roles: ['admin', 'user'], avatarETag: 'x' }))).toBe(false);
  });
});

it('no difference at all asks for nothing', () => {
  expect(NO_DIFF).toEqual({
    set: new Map(),
    clear: new Map(),
    dropsPhoto: false,
    addImportId: undefined,
    rename: undefined,
    activation: undefined,
  });
});

it('an account of which only the id is stored gets everything it is known by', () => {
  expect(Object.fromEntries(diffUser(ADA, { _id: 'u1' }, SETTINGS).set)).toEqual({
    type: 'user',
    ldap: true,
    'services.ldap.id': '616461',
    'services.ldap.idAttribute': 'uid',
    name: 'Ada Lovelace',
    emails: [{ address: 'ada@example.org', verified: true }],
    roles: ['user'],
  });
  expect(diffUser(ADA, { _id: 'u1', services: {} }, SETTINGS).set.get('services.ldap.id')).toBe('616461');
  expect(diffUser(ADA, { _id: 'u1' }, SETTINGS)).toMatchObject({
    addImportId: ADA.dn,
    activation: undefined,
    rename: { from: undefined, to: 'ada' },
  });
});

describe('a change may flow at once', () => {
  it.each([
    ['a field', { set: new Map([['name', 'x']] as const) }, true],
    ['a DN', { addImportId: 'cn=ada' }, true],
    ['switching on', { activation: 'activate' as const }, false],
    ['switching off', { activation: 'deactivate' as const }, false],
    ['a renaming', { rename: { from: 'a', to: 'b' } }, false],
    ['an emptied field', { clear: new Map([['sipExtension' as const, undefined]]) }, false],
  ])('when it is %s: %j %s', (_, change, flows) => {
    expect(hasAdditiveChange({ ...NO_DIFF, ...change })).toBe(flows);
  });
});

describe('addresses', () => {
  const verified = (...addresses: string[]) => addresses.map((address) => ({ address, verified: true }));

  it.each<[string, unknown]>([
    ['fewer', verified('a@x.org')],
    ['one of them in another case', verified('A@X.org', 'b@x.org')],
    ['one of them not confirmed', [...verified('a@x.org'), { address: 'b@x.org', verified: false }]],
    ['one of them nothing', [...verified('a@x.org'), undefined]],
    ['none', undefined],
    ['no list, though as long', { length: 2 }],
  ])('that are stored %s are written anew', (_, emails) => {
    const stored = { ...STORED, emails } as UserRecord;
    if (emails !== undefined && !Array.isArray(emails))
      Object.assign(stored.emails as object, {
        find: () => undefined,
        0: verified('a@x.org')[0],
        1: verified('b@x.org')[0],
      });
    expect(diffUser({ ...ADA, emails: ['a@x.org', 'b@x.org'] }, stored, SETTINGS).set.get('emails')).toEqual(
      verified('a@x.org', 'b@x.org'),
    );
  });

  it.each([
    ['more', verified('a@x.org', 'b@x.org', 'c@x.org')],
    ['one of them another', verified('a@x.org', 'c@x.org')],
    ['all of them others', verified('c@x.org')],
  ])('that are stored %s would be lost, which waits', (_, emails) => {
    const changes = diffUser({ ...ADA, emails: ['a@x.org', 'b@x.org'] }, { ...STORED, emails }, SETTINGS);
    expect(changes).toEqual({ ...NO_DIFF, clear: new Map([['emails', verified('a@x.org', 'b@x.org')]]) });
    expect(hasAdditiveChange(changes)).toBe(false);
  });

  it('that are stored the same are left', () => {
    expect(
      diff({ emails: ['a@x.org', 'b@x.org'] }, { emails: verified('a@x.org', 'b@x.org') }).set.has('emails'),
    ).toBe(false);
  });

  it('of somebody new are confirmed as the settings say', () => {
    expect(toEmailRecords(['a@x.org'], undefined, true)).toEqual(verified('a@x.org'));
    expect(toEmailRecords(['a@x.org'], undefined, false)).toEqual([{ address: 'a@x.org', verified: false }]);
  });
});

describe('what differs', () => {
  it.each<[string, Partial<Person>, Partial<UserRecord>, [string, unknown][]]>([
    ['the name', { name: 'Countess' }, {}, [['name', 'Countess']]],
    [
      'a first address',
      { emails: ['a@x.org'] },
      { emails: [] },
      [['emails', [{ address: 'a@x.org', verified: true }]]],
    ],
    ['an account that was not marked', {}, { ldap: undefined }, [['ldap', true]]],
    ['missing roles', {}, { roles: undefined }, [['roles', ['user']]]],
    ['an extension', { sipExtension: '42' }, {}, [['sipExtension', '42']]],
    [
      'malformed stored addresses',
      {},
      { emails: 'x' as never },
      [['emails', [{ address: 'ada@example.org', verified: true }]]],
    ],
  ])('is written: %s', (_, person, stored, set) => {
    expect([...diff(person, stored).set]).toEqual(set);
  });

  it('is a DN that was not known', () => {
    expect(diff({ dn: 'uid=ada,ou=moved,dc=x' }).addImportId).toBe('uid=ada,ou=moved,dc=x');
  });

  it('is to be cleared when the extension is gone and extensions are synced, which waits', () => {
    expect(diff({ sipExtension: '' }, { sipExtension: '42' }).clear).toEqual(
      new Map([['sipExtension', undefined]]),
    );
    expect(hasAdditiveChange(diff({ sipExtension: '' }, { sipExtension: '42' }))).toBe(false);
    expect(diff({ sipExtension: undefined }, { sipExtension: '42' }).clear).toEqual(new Map());
    expect(diff({ sipExtension: '' }).clear).toEqual(new Map());
  });

  it('in the user name is a renaming, which is no additive change', () => {
    expect(diff({ username: 'countess' }).rename).toEqual({ from: 'ada', to: 'countess' });
    expect(hasAdditiveChange(diff({ username: 'countess' }))).toBe(false);
  });
});

it('a flag that was earned for an address stays with it when new ones are not verified', () => {
  const stored = {
    emails: [
      { address: 'b@x.org', verified: true },
      { address: 'a@x.org', verified: false },
    ],
  };
  expect(
    diff({ emails: ['a@x.org', 'b@x.org', 'c@x.org'] }, stored, { emailsVerified: false }).set.get('emails'),
  ).toEqual([
    { address: 'b@x.org', verified: true },
    { address: 'a@x.org', verified: false },
    { address: 'c@x.org', verified: false },
  ]);
});

it.each([
  ['none', true, true, undefined],
  ['none', false, false, undefined],
  ['disable', true, true, 'deactivate'],
  ['disable', false, false, undefined],
  ['enable', true, true, undefined],
  ['enable', false, false, 'activate'],
  ['both', true, true, 'deactivate'],
  ['both', false, false, 'activate'],
  ['both', false, true, undefined],
  ['both', true, false, undefined],
] as const)('active state "%s": disabled %s, active %s → %s', (activeState, disabled, active, activation) => {
  expect(diff({ disabled }, { active }, { activeState }).activation).toBe(activation);
});
