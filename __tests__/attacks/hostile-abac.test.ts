import { ABAC, createAbacRooms, toAttributes } from '../setup/abac.js';
import { ROOMS } from '../setup/chat-rooms.js';
import { many, toPerson, useHistories, type Values } from '../setup/histories.js';

const histories = useHistories();
const { collection, previewThenRun, set, sync } = histories;
const rooms = createAbacRooms(histories);

const people = (values: Values) => [toPerson('ada', values), ...many(4, () => ({ ou: 'cs' }))];

it('a key of the map is a value and never the name of a field, whatever it is called', async () => {
  const map = '{"ou":"__proto__","l":"$set","st":"a.b","o":"abacAttributes.0","c":"toString"}';
  const run = await previewThenRun(people({ ou: 'x', l: 'x', st: 'x', o: 'x', c: 'x' }), {
    ...ABAC,
    LDAP_ABAC_AttributeMap: map,
  });
  expect(run.problems).toHaveLength(2);
  const all = { 'a.b': ['x'], 'abacAttributes.0': ['x'], toString: ['x'] };
  expect(await rooms.attributesOf('ada')).toEqual(toAttributes(all));
  await previewThenRun(people({ l: 'x', o: 'x' }), { ...ABAC, LDAP_ABAC_AttributeMap: map });
  expect(await rooms.attributesOf('ada')).toEqual(toAttributes({ 'abacAttributes.0': ['x'] }));
  expect(({} as Record<string, unknown>)['x']).toBeUndefined();
});

it('values that look like operators or like other fields are texts', async () => {
  const values = ['$where', '{"$ne":null}', '__proto__', 'a.b'];
  await previewThenRun(people({ ou: values }), ABAC);
  expect(await rooms.attributesOf('ada')).toEqual(toAttributes({ department: [...values].sort() }));
});

it('an entry with more or longer values than are kept changes nothing, and is told', async () => {
  await sync(people({ ou: 'math' }), ABAC);
  await rooms.makeGuarded('lab', { department: ['math'] });
  await rooms.put('ada', 'lab');
  for (const ou of [
    Array.from({ length: 2_000 }, (_, n) => `v${n}`),
    'x'.repeat(300_000),
    ['math', 'x'.repeat(300)],
  ]) {
    const run = await previewThenRun(people({ ou }), ABAC);
    expect(run.attention).toMatchObject([{ code: 'abac-attribute-unusable', username: 'ada' }]);
    expect(run.attention[0]!.reason.length).toBeLessThan(500);
  }
  expect(await rooms.attributesOf('ada')).toEqual(toAttributes({ department: ['math'] }));
  expect((await rooms.members())['lab']).toEqual(['ada']);
});

it('nobody stays in a room whose attributes cannot be read after losing a value of their own', async () => {
  await sync(people({ ou: ['math', 'cs'] }), ABAC);
  await rooms.makeGuarded('odd', { department: ['cs'] });
  await collection(ROOMS).updateOne(
    { name: 'odd' },
    { $set: { abacAttributes: [{ key: 'department', values: 'cs' }, null] } },
  );
  await rooms.put('ada', 'odd');
  await previewThenRun(people({ ou: 'cs' }), ABAC);
  expect((await rooms.members())['odd']).toEqual([]);
});

it('the same key twice in a user, or values that are no texts, are no way to keep what is lost', async () => {
  await sync(people({}), ABAC);
  await set('ada', {
    abacAttributes: [...toAttributes({ department: ['cs'] }), { key: 'department', values: ['math', 7] }],
  });
  await previewThenRun(people({ ou: 'cs' }), ABAC);
  expect(await rooms.attributesOf('ada')).toEqual(toAttributes({ department: ['cs'] }));
});
