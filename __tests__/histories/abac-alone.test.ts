import { ABAC, createAbacRooms, EVENTS, toAttributes } from '../setup/abac.js';
import { many, toPerson, useHistories, type Values } from '../setup/histories.js';

const histories = useHistories();
const { changes, collection, engine, previewThenRun, revert, set, sync, user } = histories;
const rooms = createAbacRooms(histories);

const people = (values: Values, count = 4) => [
  toPerson('ada', values),
  ...many(count, () => ({ ou: 'cs', l: 'Graz' })),
];
const fieldsOf = async (runId: string) =>
  (await changes(runId)).flatMap(({ fields }) => fields.map(({ field }) => field));

describe.each<[string, object]>([
  ['people are not synced', { LDAP_Background_Sync: false }],
  [
    'known users are not kept as their entries are',
    { LDAP_Background_Sync_Keep_Existant_Users_Updated: false },
  ],
])('while %s', (_, off) => {
  const ALONE = { ...ABAC, ...off };
  const change = { cn: 'Countess', mail: 'countess@x.org' };

  it('the ABAC attributes of linked users follow the directory, and nothing else of them does', async () => {
    await sync(people({ ou: 'math' }), ABAC);
    const before = (await user('ada'))!;
    const run = await previewThenRun(people({ ...change, ou: ['math', 'cs'] }), ALONE);
    expect(run).toMatchObject({ state: 'completed', counts: { updated: 1, unchanged: 4 } });
    expect(await rooms.attributesOf('ada')).toEqual(toAttributes({ department: ['cs', 'math'] }));
    const changing = { abacAttributes: expect.anything(), _updatedAt: expect.any(Date) };
    expect(await user('ada')).toEqual({ ...before, ...changing });
    expect(await fieldsOf(run._id)).toEqual(['abacAttributes']);
    expect(await collection(EVENTS).countDocuments({})).toBe(6);
  });

  it('a second run writes nothing', async () => {
    await sync(people({ ou: 'math' }), ABAC);
    await sync(people({ ...change, ou: 'cs' }), ALONE);
    const before = await rooms.everything();
    expect((await previewThenRun(people({ ...change, ou: 'cs' }), ALONE)).counts).toMatchObject({
      unchanged: 5,
    });
    expect(await rooms.everything()).toEqual(before);
  });

  it('whoever loses a value leaves the rooms that ask for it, and a revert gives both back', async () => {
    await sync(people({ ou: ['math', 'cs'] }), ABAC);
    await rooms.makeGuarded('lab', { department: ['math'] });
    await rooms.put('ada', 'lab');
    const run = await previewThenRun(people({ ...change, ou: 'cs' }), ALONE);
    expect(await rooms.members()).toEqual({ lab: [] });
    expect(await rooms.attributesOf('ada')).toEqual(toAttributes({ department: ['cs'] }));
    await revert(run._id);
    expect(await rooms.members()).toEqual({ lab: ['ada'] });
  });

  it('nobody loses theirs unasked while no entry has a value of the key; an approval takes it', async () => {
    await sync(people({ ou: 'math' }), ABAC);
    const silent = engine([toPerson('ada'), ...many(4, () => ({ l: 'Graz' }))], ALONE);
    const held = await silent.sync();
    expect(held.state).toBe('held');
    expect(await rooms.attributesOf('ada')).toEqual(toAttributes({ department: ['math'] }));
    expect((await silent.approve(held._id)).state).toBe('completed');
    expect(await rooms.attributesOf('ada')).toBeUndefined();
  });

  it('nobody is switched off, renamed or taken out of anything else', async () => {
    await sync(people({ ou: 'math' }), ABAC);
    const gone = people({ ou: 'cs', uid: 'countess', nsAccountLock: 'true' }, 3);
    const run = await sync(gone, { ...ALONE, LDAP_Sync_User_Active_State: 'both' });
    expect(run).toMatchObject({ state: 'completed', counts: { deactivated: 0, created: 0, updated: 1 } });
    expect(await user('ada')).toMatchObject({ active: true, username: 'ada' });
    expect(await user('p3')).toMatchObject({ active: true });
  });
});

it('while people are not synced, nobody is created for the attributes', async () => {
  const run = await sync(people({ ou: 'math' }), { ...ABAC, LDAP_Background_Sync: false });
  expect(run).toMatchObject({ state: 'completed', counts: { created: 0, updated: 0 } });
  expect(await user('ada')).toBeNull();
});

it('a list of what people lose is not approved as one of ABAC attributes once people are not synced', async () => {
  const withMail = (...numbers: readonly number[]) =>
    many(5, (index) => ({ ou: 'math', mail: numbers.map((number) => `p${index}-${number}@x.org`) }));
  await sync(withMail(1, 2), ABAC);
  const less = withMail(1);
  const held = await sync(less, ABAC);
  expect(held.state).toBe('held');
  const { counts } = await engine(less, { ...ABAC, LDAP_Background_Sync: false }).approve(held._id);
  expect(counts).toMatchObject({ updated: 0 });
});

it('what stands in the way of the attributes is told of users who are left alone, too', async () => {
  await sync([toPerson('ada')]);
  await set('ada', { abacAttributes: 'odd' });
  const run = await previewThenRun(people({ ou: 'math' }, 0), { ...ABAC, LDAP_Background_Sync: false });
  expect(run.attention).toMatchObject([{ code: 'abac-attributes-in-the-way', username: 'ada' }]);
});
