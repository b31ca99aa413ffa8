import type { DirectoryEntry, EntryAttribute } from '../../lib/directory/directory.js';
import { mapEntry, toRequestedAttributes, type MappedEntry } from '../../lib/mapping/map-entry.js';
import { identifyEntry } from '../../lib/mapping/ldap-identity.js';
import type { MappingSettings } from '../../lib/settings/sync-settings.js';
import { MAPPING, toEntry } from '../setup/entries.js';

const IDENTITY = { id: '00', idAttribute: 'entryUUID' };

function map(
  attributes: Parameters<typeof toEntry>[1],
  settings: Partial<MappingSettings> = {},
): MappedEntry {
  return mapEntry(toEntry('uid=ada,dc=x', attributes), IDENTITY, { ...MAPPING, ...settings });
}

function person(attributes: Parameters<typeof toEntry>[1], settings: Partial<MappingSettings> = {}) {
  const mapped = map(attributes, settings);
  if ('rejection' in mapped) throw new Error(mapped.rejection.reason);
  return mapped.person;
}

function rejection(attributes: Parameters<typeof toEntry>[1], settings: Partial<MappingSettings> = {}) {
  const mapped = map(attributes, settings);
  if ('person' in mapped) throw new Error('was mapped');
  return mapped.rejection;
}

const ADA = { uid: 'ada', cn: 'Ada Lovelace', mail: 'ada@example.org' };

it('an attribute whose values are too long together is not gone through, and rejects the entry', () => {
  const values = (count: number): string[] => Array.from({ length: count }, () => 'x'.repeat(4_000));
  expect(person({ ...ADA, cn: values(60) }).name).toHaveLength(512);
  expect(rejection({ ...ADA, cn: values(70) })).toEqual({
    code: 'attribute-too-long',
    params: { attribute: 'cn', bytes: 280_000 },
    reason: 'The values of cn are 280000 bytes long together.',
    remedy: 'Correct cn in the directory, or map another attribute.',
  });
});

describe('an entry becomes a person', () => {
  it('with user name, name and all its addresses', () => {
    expect(person({ ...ADA, mail: ['ada@example.org', 'lovelace@example.org'] })).toMatchObject({
      ...IDENTITY,
      dn: 'uid=ada,dc=x',
      username: 'ada',
      name: 'Ada Lovelace',
      emails: ['ada@example.org', 'lovelace@example.org'],
      disabled: false,
      photo: undefined,
    });
  });

  it.each([
    ['John Smith', 'john.smith'],
    ['josé.Ñoño', 'jose.nono'],
    ['user@ex.com', 'user.ex.com'],
    ["o'neil", 'oneil'],
    ['user+tag', 'user.tag'],
    ['A_B', 'a_b'],
    ['a-b', 'a-b'],
    ['中文', 'zhong1.wen2'],
    ['ada..lovelace.', 'ada.lovelace'],
  ])('whose user name %s is slugged to %s', (uid, username) => {
    expect(person({ ...ADA, uid }).username).toBe(username);
  });

  it('whose user name stays as it is when slugging is off', () => {
    expect(person({ ...ADA, uid: 'Ada Lovelace' }, { slugifyUsername: false }).username).toBe('Ada Lovelace');
  });

  it('from a template, absent attributes being empty', () => {
    const name = {
      kind: 'template',
      text: '#{givenName} #{middleName}#{sn}',
      attributes: ['givenName', 'middleName', 'sn'],
    } as const;
    expect(person({ ...ADA, givenName: 'Ada', sn: 'Lovelace' }, { name }).name).toBe('Ada Lovelace');
  });

  it('whose template values are never read as replacement patterns', () => {
    const name = { kind: 'template', text: '<#{cn}>', attributes: ['cn'] } as const;
    expect(person({ ...ADA, cn: '$& $1 #{uid}' }, { name }).name).toBe('<$& $1 #{uid}>');
  });

  it('from the first attribute of a list that is present', () => {
    expect(person({ ...ADA, displayName: 'Countess' }).name).toBe('Countess');
    expect(person({ ...ADA, displayName: '  ' }).name).toBe('Ada Lovelace');
  });

  it('whose attributes are found in whatever case the server sends them', () => {
    expect(person({ UID: 'ada', CN: 'Ada', MAIL: 'a@x.org' })).toMatchObject({
      username: 'ada',
      name: 'Ada',
      emails: ['a@x.org'],
    });
  });

  it('at the default domain when there is no mail', () => {
    expect(person({ uid: 'ada', cn: 'Ada' }, { defaultDomain: 'x.org' }).emails).toEqual(['ada@x.org']);
  });

  it('with each address once, whatever its case, and without what is no address', () => {
    expect(person({ ...ADA, mail: ['A@x.org', 'a@x.org', 'nonsense', 'two words@x.org'] }).emails).toEqual([
      'A@x.org',
    ]);
  });

  it.each([
    [{ loginDisabled: 'TRUE' }, true],
    [{ loginDisabled: 'FALSE' }, false],
    [{ nsAccountLock: 'true' }, true],
    [{ orclIsEnabled: 'DISABLED' }, true],
    [{ orclIsEnabled: 'ENABLED' }, false],
    [{ userAccountControl: '514' }, true],
    [{ userAccountControl: '66050' }, true],
    [{ userAccountControl: '512' }, false],
    [{ pwdAccountLockedTime: '20260101000000Z' }, false],
  ])('of which %j means disabled: %s', (attributes, disabled) => {
    expect(person({ ...ADA, ...attributes }).disabled).toBe(disabled);
  });
});

describe('an entry is rejected, with a remedy', () => {
  it.each([
    ['has no address', { uid: 'ada', cn: 'Ada' }, /no e-mail/],
    ['has a user name of which nothing is left', { ...ADA, uid: '***' }, /user name "\*\*\*"/],
    ['has a name that is not text', { ...ADA, cn: Buffer.from([0xff, 0xd8, 0xff, 0x00]) }, /cn holds bytes/],
    ['has a user name with a NUL', { ...ADA, uid: 'ad\0a' }, /uid holds control/],
    ['has an absurdly long name', { ...ADA, cn: 'x'.repeat(5_000) }, /cn is 5000 bytes/],
  ])('when it %s', (_, attributes, reason) => {
    expect(rejection(attributes).reason).toMatch(reason);
    expect(rejection(attributes).remedy).not.toBe('');
  });
});

it('an attribute called __proto__ reaches nothing', () => {
  const name = { kind: 'template', text: '#{constructor}#{toString}#{cn}', attributes: [] } as const;
  expect(person({ ...ADA, ['__proto__']: 'polluted' }, { name }).name).toBe('Ada Lovelace');
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

it('only what is mapped is asked for, and a password never', () => {
  const asked = toRequestedAttributes({
    ...MAPPING,
    name: { kind: 'first', attributes: ['userPassword', 'cn'] },
  });
  expect(asked).toEqual(
    expect.arrayContaining(['entryUUID', 'uid', 'cn', 'mail', 'jpegPhoto', 'userAccountControl']),
  );
  expect(asked).not.toContain('userPassword');
  expect(toRequestedAttributes({ ...MAPPING, photoAttributes: [] })).not.toContain('jpegPhoto');
});

describe('an entry of which something was too much to be read', () => {
  /** The entry with one attribute that is not there as a whole. */
  function withDropped(key: string, attribute: Omit<EntryAttribute, 'name'>): DirectoryEntry {
    const { dn, attributes } = toEntry('uid=ada,dc=x', ADA);
    return { dn, attributes: new Map([...attributes, [key, { name: key, ...attribute }]]) };
  }
  const some = [Buffer.from('ada@example.org')];

  it.each<[string, Omit<EntryAttribute, 'name'>, RegExp]>([
    ['mail', { values: some, droppedValues: 9 }, /^mail has 10 values, which are more than are read/],
    ['uid', { values: [], droppedBytes: 13_000_000 }, /^uid is 13000000 bytes long/],
    ['cn', { values: [], droppedBytes: 2, droppedValues: 1 }, /^cn has 1 values/],
    // Who is switched off must not be taken for somebody who is not.
    [
      'useraccountcontrol',
      { values: [], droppedBytes: 3, droppedValues: 1 },
      /^useraccountcontrol has 1 values/,
    ],
  ])('is rejected with a remedy rather than guessed: %s', (key, attribute, reason) => {
    const mapped = mapEntry(withDropped(key, attribute), IDENTITY, MAPPING);
    expect(mapped).toMatchObject({
      rejection: { reason: expect.stringMatching(reason), remedy: expect.stringContaining(key) },
    });
  });

  it('has no identity when the id has more values than are read, and no other attribute takes its place', () => {
    expect(
      identifyEntry(withDropped('entryuuid', { values: some, droppedValues: 1 }), ['entryUUID', 'uid']),
    ).toBe(undefined);
  });

  it('keeps its photo from being cleared: it has one, and it was too large', () => {
    const mapped = mapEntry(
      withDropped('jpegphoto', { values: [], droppedBytes: 7, droppedValues: 1 }),
      IDENTITY,
      MAPPING,
    );
    expect(mapped).toMatchObject({ person: { photo: { droppedBytes: 7 } } });
  });
});
