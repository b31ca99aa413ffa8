import { parseSyncSettings } from '../../lib/settings/parse-sync-settings.js';
import { parseSettings } from '../../lib/settings/settings.js';

const [MAP, SCHEMA] = ['LDAP_CustomFieldMap', 'Accounts_CustomFields'];
const GOOD = {
  LDAP_Host: 'x',
  LDAP_BaseDN: 'dc=x',
  LDAP_Server_Type: '',
  LDAP_Encryption: 'ssl',
  LDAP_Sync_Custom_Fields: true,
};
const FIELDS = {
  team: { type: 'text', required: true, minLength: 2, maxLength: 10 },
  role: { type: 'select', defaultValue: 'student', options: ['teacher', 'student'] },
  address: { city: { type: 'text' }, type: { type: 'text' } },
  bare: {},
};

function parse(map: unknown, schema: unknown = FIELDS, settings: object = {}) {
  const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
  const stored = { ...GOOD, [MAP]: text(map), [SCHEMA]: text(schema), ...settings };
  const parsed = parseSyncSettings(parseSettings(new Map(Object.entries(stored))));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return { fields: parsed.settings.mapping.customFields ?? [], warnings: parsed.warnings };
}

it('a field is a path of the schema, with its rule, and what fills it', () => {
  const map = {
    department: 'team',
    '#{l}, #{c}': 'address.city',
    a: 'role',
    b: 'role',
    t: 'address.type',
    x: 'bare',
  };
  const { fields, warnings } = parse(map);
  expect(warnings).toEqual([]);
  expect(fields.map(({ path }) => path)).toEqual([
    'customFields.team',
    'customFields.address.city',
    'customFields.role',
    'customFields.address.type',
    'customFields.bare',
  ]);
  expect(fields[0]?.rule).toEqual({ isRequired: true, minLength: 2, maxLength: 10, options: undefined });
  expect(fields[1]?.sources).toEqual([{ kind: 'template', text: '#{l}, #{c}', attributes: ['l', 'c'] }]);
  expect(fields[2]).toMatchObject({
    sources: [{ attributes: ['a'] }, { attributes: ['b'] }],
    rule: { options: ['teacher', 'student'] },
  });
});

it('nothing is synced, and nothing told, while custom fields are off or empty', () => {
  expect(parse('{', '{', { LDAP_Sync_Custom_Fields: false })).toEqual({ fields: [], warnings: [] });
  expect(parse('', '')).toEqual({ fields: [], warnings: [] });
});

describe('what cannot be synced is told, and the others are synced', () => {
  it.each<[string, string, string]>([
    ['a field that the schema does not have', 'nowhere', 'is no field of Accounts_CustomFields'],
    ['a field within a field', 'team.type', 'is no field'],
    ['a group', 'address', 'is a group of fields'],
    ['what all objects have', 'toString', 'is no field'],
    ['what a group has as an object', 'address.hasOwnProperty', 'is no field'],
    ['a prototype', '__proto__', 'cannot be the path'],
    ['a prototype within', 'address.__proto__.x', 'cannot be the path'],
    ['a constructor', 'constructor.prototype.x', 'cannot be the path'],
    ['an operator', '$set', 'cannot be the path'],
    ['an operator within', 'address.$where', 'cannot be the path'],
    ['a dot too many', 'address..city', 'cannot be the path'],
    ['a dot at the end', 'address.', 'cannot be the path'],
    ['nothing', '', 'cannot be the path'],
    ['a control character', 'te\u0000am', 'cannot be the path'],
    ['a path that is too deep', 'a.b.c.d.e.f', 'cannot be the path'],
    ['a choice without options', 'odd', 'is a choice without options'],
    ['a length that is a text', 'long', 'has a length'],
  ])('%s', (_, path, message) => {
    const schema = `{"__proto__":{"type":"text"},"$set":{"type":"text"},${JSON.stringify({
      ...FIELDS,
      odd: { type: 'select', options: 'a' },
      long: { maxLength: '10' },
    }).slice(1)}`;
    const { fields, warnings } = parse({ x: path, department: 'team' }, schema);
    expect(fields.map(({ path }) => path)).toEqual(['customFields.team']);
    expect(warnings).toMatchObject([
      { setting: MAP, message: expect.stringContaining(message), remedy: expect.any(String) },
    ]);
  });

  it.each([
    ['no text', { x: ['team'] }],
    ['no attribute', { 'a b': 'team' }],
    ['an empty one', { '': 'team' }],
    ['a password', { userPassword: 'team' }],
    ['an open template', { '#{a': 'team' }],
  ])('what is filled from %s', (_, map) => {
    const { fields, warnings } = parse({ ...map, l: 'address.city' });
    expect([fields.length, warnings.length, warnings[0]?.setting]).toEqual([1, 1, MAP]);
  });

  it.each([
    ['the map', '{', FIELDS, MAP],
    ['the schema', { l: 'team' }, '[]', SCHEMA],
  ])('all, when %s cannot be read', (_, map, schema, setting) => {
    const { fields, warnings } = parse(map, schema);
    expect([fields, warnings.map((warning) => warning.setting)]).toEqual([[], [setting]]);
    expect(warnings[0]?.message).toContain('no custom field is synced');
  });

  it('more than can be synced', () => {
    const names = Array.from({ length: 60 }, (_, n) => `f${n}`);
    const { fields, warnings } = parse(
      Object.fromEntries(names.map((name) => [name, name])),
      Object.fromEntries(names.map((name) => [name, {}])),
    );
    expect([fields.length, warnings.length]).toEqual([50, 1]);
  });
});
