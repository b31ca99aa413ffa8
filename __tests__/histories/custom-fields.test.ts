import { many, toPerson, useHistories, type Values } from '../setup/histories.js';

const { changes, engine, previewThenRun, revert, set, sync, user } = useHistories();

const SETTINGS = {
  LDAP_Sync_Custom_Fields: true,
  LDAP_CustomFieldMap: JSON.stringify({ ou: 'team', l: 'address.city', title: 'role', o: 'must' }),
  Accounts_CustomFields: JSON.stringify({
    team: { type: 'text' },
    address: { city: { type: 'text' } },
    role: { type: 'select', options: ['teacher', 'student'] },
    must: { type: 'text', required: true },
    own: { type: 'text' },
  }),
  LDAP_Guard_Always_Allowed: 2,
};
const people = (values: Values, count = 4) => [
  toPerson('ada', values),
  ...many(count, () => ({ ou: 'Math' })),
];
const fieldsOf = async (username = 'ada') => (await user(username))?.customFields;

it('custom fields are filled, for new and known users, and those of others stay', async () => {
  await sync([toPerson('ada')]);
  await set('ada', { customFields: { own: 'mine', address: { street: 'Road 1' } } });
  const run = await previewThenRun(people({ ou: ['b', 'a'], l: 'Graz' }), SETTINGS);
  expect([run.counts.updated, run.counts.created, run.problems]).toEqual([1, 4, []]);
  expect(await fieldsOf()).toEqual({
    own: 'mine',
    address: { street: 'Road 1', city: 'Graz' },
    team: ['a', 'b'],
  });
  expect(await fieldsOf('p0')).toEqual({ team: 'Math' });
  const rows = await changes(run._id);
  expect(
    rows.flatMap(({ fields }) => fields).filter(({ field }) => field.startsWith('customFields.')),
  ).toHaveLength(6);
});

it('a second run changes nobody, also when the server sends the values in another order', async () => {
  await sync(people({ ou: ['b', 'a'], l: 'Graz' }), SETTINGS);
  const { counts } = await sync(people({ ou: ['a', 'b'], l: 'Graz' }), SETTINGS);
  expect(counts).toMatchObject({ unchanged: 5, updated: 0 });
  // As Rocket.Chat may have stored them.
  await set('ada', { 'customFields.team': ['b', 'a'] });
  expect((await sync(people({ ou: ['a', 'b'], l: 'Graz' }), SETTINGS)).counts.unchanged).toBe(5);
});

it('a value that changes is written at once; one that goes waits, is taken away, and comes back by a revert', async () => {
  await sync(people({ ou: 'Math', l: 'Graz' }), SETTINGS);
  const run = await previewThenRun(people({ ou: 'Art' }), SETTINGS);
  expect(await fieldsOf()).toEqual({ team: 'Art', address: {} });
  const rows = await changes(run._id);
  expect(rows).toMatchObject([
    { kind: 'write', state: 'done', fields: [{ field: 'customFields.team', from: 'Math', to: 'Art' }] },
    { kind: 'clear', state: 'done', fields: [{ field: 'customFields.address.city', from: 'Graz' }] },
  ]);
  await revert(run._id);
  expect(await fieldsOf()).toEqual({ team: 'Art', address: { city: 'Graz' } });
});

it('an attribute that several lose and nobody has is held, approved, and taken away', async () => {
  await sync(
    many(2, () => ({ ou: 'Math' })),
    SETTINGS,
  );
  const held = await sync(many(2), SETTINGS);
  expect(held).toMatchObject({ state: 'held', held: { code: 'attribute-nowhere', clearings: 2 } });
  expect(held.held?.reason).toContain('custom field team');
  expect(held.held?.remedy).toContain('LDAP_CustomFieldMap');
  expect(await fieldsOf('p0')).toEqual({ team: 'Math' });
  await engine(many(2), SETTINGS).approve(held._id);
  expect(await fieldsOf('p0')).toEqual({});
});

it('more than the limit wait, as other clearings do', async () => {
  await sync(
    many(8, () => ({ ou: 'Math' })),
    SETTINGS,
  );
  const held = await sync(
    many(8, (index): Values => (index < 3 ? {} : { ou: 'Math' })),
    SETTINGS,
  );
  expect(held).toMatchObject({ state: 'held', held: { code: 'too-many-removals', clearings: 3 } });
});

it('what the schema does not allow is a row, and what is stored stays', async () => {
  await sync(people({ title: 'teacher', o: 'there' }), SETTINGS);
  const run = await previewThenRun(people({ title: 'dean' }), SETTINGS);
  expect(await fieldsOf()).toEqual({ role: 'teacher', must: 'there' });
  expect(run.attention.map(({ code, username, outcome }) => [code, username, outcome])).toEqual([
    ['custom-field-not-allowed', 'ada', 'unchanged'],
    ['custom-field-required', 'ada', 'unchanged'],
  ]);
});

it('a field that is mapped no longer, or not in the schema, stays as it is', async () => {
  await sync(people({ ou: 'Math' }), SETTINGS);
  await sync(people({}), { ...SETTINGS, LDAP_CustomFieldMap: '{}' });
  const run = await sync(people({}), { ...SETTINGS, Accounts_CustomFields: '{}' });
  expect(await fieldsOf()).toEqual({ team: 'Math' });
  expect(run.problems).toHaveLength(4);
  expect(run).toMatchObject({ state: 'completed', counts: { unchanged: 5 } });
});

it('an account that is merged gets its custom fields', async () => {
  await sync(people({}));
  await set('ada', { services: {}, ldap: false });
  const run = await sync(people({ ou: 'Math' }), { ...SETTINGS, LDAP_Merge_Existing_Users: true });
  expect([run.counts.linked, await fieldsOf()]).toEqual([1, { team: 'Math' }]);
});
