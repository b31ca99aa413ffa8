import { parseSyncSettings } from '../../lib/settings/parse-sync-settings.js';
import { parseSettings } from '../../lib/settings/settings.js';

const [SWITCH, MAP] = ['LDAP_Background_Sync_ABAC_Attributes', 'LDAP_ABAC_AttributeMap'];
const GOOD = {
  LDAP_Host: 'x',
  LDAP_BaseDN: 'dc=x',
  LDAP_Server_Type: '',
  LDAP_Encryption: 'ssl',
  [SWITCH]: true,
  ABAC_Enabled: true,
};

function parse(map: unknown, settings: object = {}) {
  const stored = { ...GOOD, [MAP]: typeof map === 'string' ? map : JSON.stringify(map), ...settings };
  const parsed = parseSyncSettings(parseSettings(new Map(Object.entries(stored))));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return { abac: parsed.settings.mapping.abac ?? [], warnings: parsed.warnings, ...parsed.settings };
}

it('several attributes fill the same key, in the order of the map', () => {
  const { abac, warnings } = parse({ ou: ' department ', l: 'site', departmentNumber: 'department' });
  expect(warnings).toEqual([]);
  expect(abac).toEqual([
    { key: 'department', attributes: ['ou', 'departmentNumber'] },
    { key: 'site', attributes: ['l'] },
  ]);
});

it('the survey is asked whether anybody has the attributes', () => {
  const { survey } = parse({ ou: 'department' });
  expect(survey.named).toContainEqual(
    expect.objectContaining({ part: 'abac', setting: MAP, attributes: ['ou'] }),
  );
});

it('a variable may be a source', () => {
  const variables = {
    LDAP_DataSync_UseVariables: true,
    LDAP_DataSync_VariableMap: JSON.stringify({ my_site: { input: 'l' } }),
  };
  const { abac, warnings } = parse({ my_site: 'site' }, variables);
  expect([abac, warnings]).toEqual([[{ key: 'site', attributes: ['my_site'] }], []]);
});

it.each<[string, object]>([
  ['the switch is off', { [SWITCH]: false }],
  ['the map is empty', { [MAP]: '{}' }],
  ['the map is an empty text', { [MAP]: '' }],
])('nothing is synced, and nothing told, while %s', (_, settings) => {
  const { abac, warnings } = parse({ ou: 'department' }, settings);
  expect([abac, warnings]).toEqual([[], []]);
});

it.each<[string, object, string]>([
  ['ABAC is off', { ABAC_Enabled: false }, 'ABAC_Enabled is off'],
  ['Virtru decides', { ABAC_PDP_Type: 'virtru' }, 'ABAC_PDP_Type is "virtru"'],
  ['Virtru decides, however it is spelt', { ABAC_PDP_Type: ' Virtru ' }, 'ABAC_PDP_Type is "virtru"'],
])('nothing is synced, and that is told with a remedy, while %s', (_, settings, message) => {
  const { abac, warnings } = parse({ ou: 'department' }, settings);
  expect(abac).toEqual([]);
  expect(warnings).toMatchObject([
    { setting: SWITCH, message: expect.stringContaining(message), remedy: expect.stringContaining(SWITCH) },
  ]);
});

describe('what cannot be synced is told, and the others are synced', () => {
  it.each<[string, string, unknown]>([
    ['a prototype as the key', '"ou"', '__proto__'],
    ['a constructor as the key', '"ou"', 'constructor'],
    ['an operator as the key', '"ou"', '$set'],
    ['a control character in the key', '"ou"', 'a\u0000b'],
    ['an empty key', '"ou"', ' '],
    ['a huge key', '"ou"', 'x'.repeat(101)],
    ['a list of keys', '"ou"', ['department']],
    ['a number as the key', '"ou"', 7],
    ['a prototype as the attribute', '"__proto__"', 'department'],
    ['a password', '"userPassword"', 'department'],
    ['no attribute', '"a b"', 'department'],
    ['an empty attribute', '""', 'department'],
    ['a list of attributes', '"ou,l"', 'department'],
    ['a template', '"#{ou}"', 'department'],
    ['an open template', '"#{ou"', 'department'],
  ])('%s', (_, attribute, key) => {
    const { abac, warnings } = parse(`{${attribute}:${JSON.stringify(key)},"st":"site"}`);
    expect(abac).toEqual([{ key: 'site', attributes: ['st'] }]);
    expect(warnings).toMatchObject([
      { setting: MAP, message: expect.stringContaining(MAP), remedy: expect.any(String) },
    ]);
  });

  it.each([
    ['no JSON', '{'],
    ['a list', '[]'],
    ['more than is read', JSON.stringify({ ou: 'x'.repeat(70_000) })],
  ])('all, when the map is %s', (_, map) => {
    const { abac, warnings } = parse(map);
    expect([abac, warnings.map(({ setting }) => setting)]).toEqual([[], [MAP]]);
    expect(warnings[0]?.message).toContain('no ABAC attribute is synced');
  });

  it('more than can be synced', () => {
    const names = Array.from({ length: 60 }, (_, n) => `f${n}`);
    const { abac, warnings } = parse(Object.fromEntries(names.map((name) => [name, name])));
    expect([abac.length, warnings.length]).toEqual([50, 1]);
  });
});

it('a key of which not all attributes may be read is left out, with a warning', () => {
  const restricted = { LDAP_User_Search_AttributesToQuery: 'uid,mail,cn,entryUUID,+,ou,l' };
  const { abac, warnings } = parse({ ou: 'department', hiddenOu: 'department', l: 'site' }, restricted);
  expect(abac).toEqual([{ key: 'site', attributes: ['l'] }]);
  expect(warnings.map(({ message }) => message).join()).toContain('hiddenOu');
});
