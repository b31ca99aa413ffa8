import { mapEntry, toRequestedAttributes } from '../../lib/mapping/map-entry.js';
import type { AttributeSource } from '../../lib/settings/attribute-source.js';
import type { MappingSettings } from '../../lib/settings/sync-settings.js';
import { MAPPING, toEntry } from '../setup/entries.js';

const IDENTITY = { id: '00', idAttribute: 'entryUUID' };
type Values = Parameters<typeof toEntry>[1];

function person(values: Values, settings: Partial<MappingSettings> = {}) {
  const entry = toEntry('uid=ada,dc=x', { uid: 'ada', cn: 'Ada', mail: 'ada@x.org', ...values });
  const mapped = mapEntry(entry, IDENTITY, {
    ...MAPPING,
    extensionAttribute: 'telephoneNumber',
    ...settings,
  });
  if ('rejection' in mapped) throw new Error(mapped.rejection.reason);
  return mapped.person;
}

/** The same values in every order. */
const ordersOf = <T>([first, ...rest]: readonly T[]): T[][] =>
  first === undefined
    ? [[]]
    : ordersOf(rest).flatMap((order) =>
        order.concat([first]).map((_, at) => [...order.slice(0, at), first, ...order.slice(at)]),
      );
const TEMPLATE: AttributeSource = {
  kind: 'template',
  text: '#{givenName} #{sn}',
  attributes: ['givenName', 'sn'],
};

describe('the order in which a server sends the values of an attribute', () => {
  it.each<[string, readonly (string | Buffer)[], Partial<MappingSettings>]>([
    ['uid', ['ada', 'lovelace', 'countess'], {}],
    ['uid', ['Ada L', 'ada.l', '***'], {}],
    ['cn', ['Ada Lovelace', 'Augusta Ada King', 'Ada'], {}],
    ['cn', ['Ada', Buffer.from([0xff]), 'A\u0007'], {}],
    ['mail', ['b@x.org', 'a@x.org', 'A@x.org', 'none'], {}],
    ['mail', ['smtp:c@x.org', 'SMTP:b@x.org', 'smtp:a@x.org', 'X500:/o=x'], {}],
    ['telephoneNumber', ['42', '7', '1815'], {}],
    ['jpegPhoto', [Buffer.from('two'), Buffer.from('one'), Buffer.from('')], {}],
    ['nsAccountLock', ['FALSE', 'TRUE'], {}],
    ['userAccountControl', ['512', '514'], {}],
    ['givenName', ['Ada', 'Augusta'], { name: TEMPLATE }],
  ])('says nothing of %s %j', (attribute, values, settings) => {
    const [one, ...others] = ordersOf(values).map((order) =>
      person({ sn: 'King', [attribute]: order }, settings),
    );
    for (const other of others) expect(other).toEqual(one);
  });

  it('makes one combination of a template, and knows the others', () => {
    const values = { givenName: ['Augusta', 'Ada'], sn: ['Lovelace', 'King'] };
    const { name, alternatives } = person(values, { name: TEMPLATE });
    expect(name).toBe('Ada King');
    expect(alternatives?.get('name')).toEqual([
      'Ada King',
      'Ada Lovelace',
      'Augusta King',
      'Augusta Lovelace',
    ]);
  });

  it('counts at most 64 combinations', () => {
    const values = Array.from({ length: 50 }, (_, index) => `n${index}`);
    expect(
      person({ givenName: values, sn: values }, { name: TEMPLATE }).alternatives?.get('name'),
    ).toHaveLength(64);
  });
});

describe('a second value', () => {
  it.each<[string, Values, object]>([
    ['of a name that is not text', { cn: [Buffer.from([0xff]), 'Ada'] }, { name: 'Ada' }],
    ['of a name with control characters', { cn: ['A\u0007', 'Ada'] }, { name: 'Ada' }],
    ['of a name that is absurdly long', { cn: ['A'.repeat(5_000), 'Ada'] }, { name: 'Ada' }],
    ['of a user name of which nothing is left', { uid: ['***', 'ada'] }, { username: 'ada' }],
    [
      'of an extension that is not text',
      { telephoneNumber: [Buffer.from([0xff]), '1'] },
      { sipExtension: '1' },
    ],
    ['of a photo that is empty', { jpegPhoto: ['', 'x'] }, { photo: { bytes: Buffer.from('x') } }],
  ])('%s does not cost the first one', (_, values, expected) => {
    expect(person(values)).toMatchObject(expected);
  });
});

it('a person with one value of everything has no alternatives', () => {
  expect(person({}).alternatives).toBeUndefined();
});

it('an attribute is asked for once, however it is spelt in the settings', () => {
  const asked = toRequestedAttributes({ ...MAPPING, idAttributes: ['nsuniqueId', 'nsUniqueId'] });
  expect(asked.filter((name) => /nsuniqueid/i.test(name))).toEqual(['nsuniqueId']);
});

describe('blanks in a text', () => {
  it.each([
    ['a tab', 'Ada\tLovelace'],
    ['a line end', 'Ada\r\nLovelace'],
    ['a run of blanks', '  Ada   Lovelace '],
    ['blanks of other kinds', 'Ada\u00a0\u2003\u3000Lovelace\u2028'],
    ['a next line', 'Ada\u0085Lovelace'],
  ])('are one blank each: %s', (_, cn) => {
    expect(person({ cn }).name).toBe('Ada Lovelace');
  });

  it('are one where an attribute of a template is absent', () => {
    const name: AttributeSource = {
      kind: 'template',
      text: '#{givenName} #{initials} #{sn}',
      attributes: [],
    };
    expect(person({ givenName: 'Ada', sn: 'Lovelace' }, { name }).name).toBe('Ada Lovelace');
  });

  it('make no other user name', () => {
    expect(person({ uid: 'Ada\t Lovelace' }).username).toBe('ada.lovelace');
  });
});
