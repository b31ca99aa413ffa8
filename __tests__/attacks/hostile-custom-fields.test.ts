import { many, toPerson, useHistories } from '../setup/histories.js';

const { previewThenRun, revert, set, sync, user } = useHistories();

const settingsFor = (map: object, schema: object | string) => ({
  LDAP_Sync_Custom_Fields: true,
  LDAP_CustomFieldMap: JSON.stringify(map),
  Accounts_CustomFields: typeof schema === 'string' ? schema : JSON.stringify(schema),
});
const SETTINGS = settingsFor({ ou: 'a.b' }, { a: { b: { type: 'text' } } });
const ADA = [toPerson('ada', { ou: 'Math' }), ...many(2, () => ({ ou: 'Math' }))];
const LEFT = [toPerson('ada'), ...many(2, () => ({ ou: 'Math' }))];

describe('what a host has stored where a custom field would be is neither overwritten nor a hindrance', () => {
  it.each<[string, unknown]>([
    ['a text', 'text'],
    ['a number', 7],
    ['a list', ['x']],
    ['null', null],
    ['a date', new Date(0)],
    ['a list on the way', { a: [{ b: 1 }] }],
    ['a text on the way', { a: 'text' }],
    ['a document in its place', { a: { b: { c: 1 } } }],
    ['a list of documents in its place', { a: { b: [{ c: 1 }] } }],
  ])('%s', async (_, customFields) => {
    await sync(LEFT);
    await set('ada', { customFields });
    const run = await previewThenRun(ADA, SETTINGS);
    expect(run).toMatchObject({ state: 'completed', counts: { unchanged: 1, updated: 2, failed: 0 } });
    expect(run.attention).toMatchObject([{ username: 'ada', code: 'custom-field-in-the-way' }]);
    expect((await user('ada'))?.customFields).toEqual(customFields);
    const without = await sync(LEFT, SETTINGS);
    expect(without).toMatchObject({ state: 'completed', counts: { unchanged: 3 } });
    expect((await user('ada'))?.customFields).toEqual(customFields);
  });

  it.each<[string, unknown, unknown]>([
    ['nothing', {}, { a: { b: 'Math' } }],
    ['null in its place', { a: { b: null } }, { a: { b: 'Math' } }],
    ['a number in its place', { a: { b: 1 } }, { a: { b: 'Math' } }],
    [
      'names like operators beside it',
      { $x: 1, 'y.z': 2, a: { 'b.c': 3 } },
      { $x: 1, 'y.z': 2, a: { 'b.c': 3, b: 'Math' } },
    ],
  ])('but %s is no hindrance', async (_, customFields, after) => {
    await sync(LEFT);
    await set('ada', { customFields });
    await sync(ADA, SETTINGS);
    expect((await user('ada'))?.customFields).toEqual(after);
  });
});

it('a revert does not overwrite what the host has stored in the meantime', async () => {
  await sync(ADA, SETTINGS);
  const { _id } = await sync(LEFT, SETTINGS);
  await set('ada', { customFields: 'text' });
  expect((await revert(_id)).counts.updated).toBe(0);
  expect((await user('ada'))?.customFields).toBe('text');
});

describe('a map of custom fields cannot write anywhere else', () => {
  it.each([
    '__proto__.polluted',
    'constructor.prototype.polluted',
    '$set',
    'a.$inc',
    'a..b',
    '.roles',
    'roles.',
  ])('%s', async (path) => {
    const schema =
      '{"__proto__":{"polluted":{"type":"text"}},"constructor":{"prototype":{"polluted":{}}},"$set":{},"a":{"$inc":{}}}';
    const run = await sync(ADA, settingsFor({ ou: path }, schema));
    expect(run).toMatchObject({ state: 'completed', counts: { created: 3 } });
    expect(run.problems).toMatchObject([{ setting: 'LDAP_CustomFieldMap' }]);
    expect(await user('ada')).not.toHaveProperty('customFields');
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});
