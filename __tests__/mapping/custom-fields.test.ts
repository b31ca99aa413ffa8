import { mapEntry, toRequestedAttributes, type Person } from '../../lib/mapping/map-entry.js';
import { toEntry } from '../setup/entries.js';
import { toSyncSettings } from '../setup/sync-settings.js';

const SCHEMA = {
  team: { type: 'text', minLength: 2, maxLength: 5 },
  role: { type: 'select', options: ['teacher', 'student'] },
  must: { required: true },
};
const mappingOf = (map: object, settings: object = {}) =>
  toSyncSettings({
    LDAP_Sync_Custom_Fields: true,
    LDAP_CustomFieldMap: JSON.stringify(map),
    Accounts_CustomFields: JSON.stringify(SCHEMA),
    ...settings,
  }).mapping;

function read(map: object, values: Parameters<typeof toEntry>[1], settings: object = {}): Person {
  const entry = toEntry('cn=a', { uid: 'a', mail: 'a@x.org', ...values });
  const mapped = mapEntry(entry, { id: '00', idAttribute: 'entryUUID' }, mappingOf(map, settings));
  if ('rejection' in mapped) throw new Error(mapped.rejection.reason);
  return mapped.person;
}
const teamOf = (map: object, values: Parameters<typeof toEntry>[1]) =>
  read(map, values).customFields?.get('customFields.team');

describe('the value of a custom field', () => {
  it.each<[string, object, Parameters<typeof toEntry>[1], unknown]>([
    ['is the text of the attribute', { ou: 'team' }, { ou: ' Math ' }, 'Math'],
    [
      'is a list where there are several, whatever their order',
      { ou: 'team' },
      { ou: ['cs', 'Math'] },
      ['Math', 'cs'],
    ],
    [
      'is a filled template, in which several stand together',
      { '#{a}-#{b}': 'team' },
      { a: ['y', 'x'], b: 'z' },
      'x,y-z',
    ],
    ['is nothing where the entry has nothing', { ou: 'team' }, {}, ''],
    ['is nothing where a part of the template is not there', { '#{a}-#{b}': 'team' }, { a: 'x' }, ''],
    [
      'is the last of several that are there',
      { a: 'team', b: 'team', c: 'team' },
      { a: 'aa', b: 'bb' },
      'bb',
    ],
  ])('%s', (_, map, values, value) => {
    expect(teamOf(map, values)).toEqual(value);
  });

  it('may come from a variable, and its attributes are asked for', () => {
    const variables = {
      LDAP_DataSync_UseVariables: true,
      LDAP_DataSync_VariableMap: JSON.stringify({
        my_team: { input: 'ou', output: { operation: 'substring', start: 0, end: 3 } },
      }),
    };
    const map = { my_team: 'team', '#{title}': 'role' };
    expect(read(map, { ou: 'Mathematics' }, variables).customFields?.get('customFields.team')).toBe('Mat');
    const asked = toRequestedAttributes(mappingOf(map, variables));
    expect(asked).toEqual(expect.arrayContaining(['ou', 'title']));
    expect(asked).not.toContain('my_team');
  });
});

describe('a value that the schema does not allow is told, and says nothing', () => {
  it.each<[string, Parameters<typeof toEntry>[1], string]>([
    ['too short', { ou: 'x' }, 'shorter than 2'],
    ['too long', { ou: 'xxxxxx' }, 'longer than 5'],
    ['one of several', { ou: ['ok', 'xxxxxx'] }, 'longer than 5'],
    ['more values than are kept', { ou: Array.from({ length: 65 }, (_, n) => `v${n}`) }, '65 values'],
    [
      'values that are too much together',
      { ou: Array.from({ length: 5 }, (_, n) => `${n}${'x'.repeat(4_000)}`) },
      'together',
    ],
    ['no option', { role: 'dean' }, 'none of its options'],
    ['an option in another case', { role: 'Teacher' }, 'none of its options'],
  ])('%s', (_, values, why) => {
    const { customFields, fieldRemarks } = read({ ou: 'team', role: 'role' }, values);
    expect([...(fieldRemarks?.values() ?? [])]).toEqual([
      expect.objectContaining({ code: 'custom-field-not-allowed', reason: expect.stringContaining(why) }),
    ]);
    expect([...(customFields?.values() ?? [])]).toEqual(['']);
  });

  it('bytes that are no text', () => {
    const { customFields, fieldRemarks } = read({ ou: 'team' }, { ou: Buffer.from([0xff]) });
    expect([customFields?.size, fieldRemarks?.get('customFields.team')?.code]).toEqual([
      0,
      'attribute-not-text',
    ]);
  });

  it('nothing, where a value is required', () => {
    const { customFields, lackedFields } = read({ ou: 'must' }, {});
    expect([customFields?.size, lackedFields]).toEqual([0, ['customFields.must']]);
  });
});
