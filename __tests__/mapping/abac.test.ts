import { mapEntry, toRequestedAttributes, type Person } from '../../lib/mapping/map-entry.js';
import { toEntry } from '../setup/entries.js';
import { toSyncSettings } from '../setup/sync-settings.js';

type Values = Parameters<typeof toEntry>[1];

const MAP = { ou: 'department', departmentNumber: 'department', l: 'site' };
const mappingOf = (map: object, settings: object = {}) =>
  toSyncSettings({
    LDAP_Background_Sync_ABAC_Attributes: true,
    ABAC_Enabled: true,
    LDAP_ABAC_AttributeMap: JSON.stringify(map),
    ...settings,
  }).mapping;

function read(values: Values, map: object = MAP, settings: object = {}): Person {
  const entry = toEntry('cn=a', { uid: 'a', mail: 'a@x.org', ...values });
  const mapped = mapEntry(entry, { id: '00', idAttribute: 'entryUUID' }, mappingOf(map, settings));
  if ('rejection' in mapped) throw new Error(mapped.rejection.reason);
  return mapped.person;
}
const abacOf = (values: Values) => [...(read(values).abac ?? [])];

describe('the values of a key', () => {
  it.each<[string, Values, readonly string[]]>([
    ['are the texts of its attribute', { ou: 'math' }, ['math']],
    ['have no blanks around them', { ou: ' math ' }, ['math']],
    ['have no empty one', { ou: ['', ' ', 'cs'] }, ['cs']],
    ['are of all its attributes, in the order of the map', { departmentNumber: '1', ou: 'z' }, ['z', '1']],
    ['are there once each', { ou: ['cs', 'cs '], departmentNumber: 'cs' }, ['cs']],
    [
      'keep their case, and every character within',
      { ou: ['Zu\u0308rich  West', 'a\u200bb'] },
      ['Zu\u0308rich  West', 'a\u200bb'],
    ],
    ['are none where the entry has none', {}, []],
  ])('%s', (_, values, expected) => {
    expect(abacOf(values)).toEqual([
      ['department', expected],
      ['site', []],
    ]);
  });

  it('may come from a variable, whose attributes are asked for', () => {
    const variables = {
      LDAP_DataSync_UseVariables: true,
      LDAP_DataSync_VariableMap: JSON.stringify({
        my_site: { input: 'l', output: { operation: 'substring', start: 0, end: 2 } },
      }),
    };
    expect(read({ l: 'Graz' }, { my_site: 'site' }, variables).abac?.get('site')).toEqual(['Gr']);
    const asked = toRequestedAttributes(mappingOf({ my_site: 'site', ou: 'department' }, variables));
    expect(asked).toEqual(expect.arrayContaining(['l', 'ou']));
    expect(asked).not.toContain('my_site');
  });
});

describe('a key that cannot be used is unknown, with a remark, and costs no other', () => {
  it.each<[string, Values, string]>([
    ['bytes that are no text', { ou: Buffer.from([0xff]) }, 'not UTF-8'],
    ['control characters', { ou: 'a\u0000' }, 'control characters'],
    ['a long value', { ou: ['cs', 'x'.repeat(257)] }, 'longer than 256'],
    ['a huge value', { ou: 'x'.repeat(5_000) }, '5000 bytes'],
    ['many values', { ou: Array.from({ length: 65 }, (_, n) => `v${n}`) }, '65 values'],
    [
      'values that are too much together',
      { ou: Array.from({ length: 20 }, (_, n) => `${n}`.padEnd(250, 'x')) },
      'longer than 4096 characters together',
    ],
    ['one of its attributes', { departmentNumber: '1', ou: Buffer.from([0xff]) }, 'not UTF-8'],
  ])('%s', (_, values, why) => {
    const { abac, abacRemarks } = read({ ...values, l: 'Graz' });
    expect([...(abac ?? [])]).toEqual([['site', ['Graz']]]);
    expect([...(abacRemarks ?? [])]).toEqual([
      [
        'department',
        expect.objectContaining({
          code: 'abac-attribute-unusable',
          reason: expect.stringContaining(why),
          remedy: expect.stringContaining('LDAP_ABAC_AttributeMap'),
        }),
      ],
    ]);
  });
});

it('nothing is read of entries while ABAC attributes are off', () => {
  const { abac, abacRemarks } = read({ ou: 'math' }, MAP, { LDAP_Background_Sync_ABAC_Attributes: false });
  expect([abac, abacRemarks]).toEqual([undefined, undefined]);
});
