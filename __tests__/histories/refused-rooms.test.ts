import { ABAC, createAbacRooms, EVENTS, toAttributes } from '../setup/abac.js';
import { SUBSCRIPTIONS } from '../setup/chat-rooms.js';
import { many, toPerson, useHistories, type Entries, type Values } from '../setup/histories.js';
import { CHANNELS, MESSAGES, toMemberGroup } from '../setup/rooms-of-groups.js';

const histories = useHistories();
const { collection, database, revert, set, sync } = histories;
const rooms = createAbacRooms(histories);

/** Rules of a collection; none of them takes no document that is only deleted. */
const rule = (name: string, validator: object) =>
  database().connection.db?.command({ collMod: name, validator });
const NAMES = ['p0', 'p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'p7', 'p8', 'p9'] as const;
const SETTINGS = { ...CHANNELS, LDAP_Guard_Always_Allowed: 10 };
const company = (staff: readonly string[], values?: (index: number) => Values): Entries => [
  ...many(10, values),
  toMemberGroup('staff', staff),
  toMemberGroup('it', []),
];
const without = (...names: readonly string[]) => NAMES.filter((name) => !names.includes(name));
const inside = async (room: string) => (await rooms.members())[room];
const refused = (...names: readonly string[]) =>
  expect.objectContaining({
    state: 'completed',
    attention: names.map((username) => expect.objectContaining({ username, code: 'write-refused' })),
  });

describe('a document that the database refuses while rooms are written costs one person, however the run goes on:', () => {
  beforeEach(() => rooms.make('general', 'helpdesk', 'support'));

  it('whoever cannot join stays outside, the others join, and so it is in every run', async () => {
    await sync(company([]), SETTINGS);
    await set('p7', { nickname: 'bad' });
    await rule('users', { nickname: { $ne: 'bad' } });
    expect(await sync(company(NAMES), SETTINGS)).toEqual(refused('p7'));
    expect(await inside('general')).toEqual(without('p7'));
    expect(await rooms.disagreements()).toEqual([]);
    expect(await sync(company(NAMES), SETTINGS)).toEqual(refused('p7'));
    await set('p7', { nickname: 'good' });
    expect(await sync(company(NAMES), SETTINGS)).toEqual(refused());
    expect(await inside('general')).toEqual(NAMES);
  });

  it('a newcomer who cannot join is created by the run after the rule is gone', async () => {
    await sync(company([]), SETTINGS);
    await rule(SUBSCRIPTIONS, { 'u.username': { $ne: 'new' } });
    const entries = [...company([...NAMES, 'new']), toPerson('new')];
    expect(await sync(entries, SETTINGS)).toEqual(refused('new'));
    expect(await inside('general')).toEqual(NAMES);
    await rule(SUBSCRIPTIONS, {});
    await sync(entries, SETTINGS);
    expect(await inside('general')).toEqual(['new', ...NAMES]);
  });

  it('whoever cannot leave stays inside, and so whoever cannot come back', async () => {
    await sync(company(NAMES), SETTINGS);
    await rule(MESSAGES, { msg: { $ne: 'p4' } });
    const run = await sync(company(NAMES.slice(6)), SETTINGS);
    expect(run).toEqual(refused('p4'));
    expect(await inside('general')).toEqual(['p4', ...NAMES.slice(6)]);
    await rule(MESSAGES, { msg: { $ne: 'p2' } });
    expect(await revert(run._id)).toMatchObject({ state: 'completed', removed: 4 });
    expect(await inside('general')).toEqual(without('p2'));
    expect(await rooms.disagreements()).toEqual([]);
  });

  it('whoever cannot lose or get attributes has those of before, with the rooms', async () => {
    const people = (bad: Values, others: Values) => many(8, (index) => (index === 3 ? bad : others));
    await sync(people({ ou: 'a' }, { ou: ['a', 'b'] }), ABAC);
    await rooms.makeGuarded('lab', { department: ['a'] });
    for (const name of ['p3', 'p4']) await rooms.put(name, 'lab');
    const { _id } = (await histories.user('p3'))!;
    await rule(EVENTS, { 'data.value._id': { $ne: _id } });
    const settings = { ...ABAC, LDAP_Guard_Always_Allowed: 10 };
    const run = await sync(people({ ou: 'b' }, { ou: 'b' }), settings);
    expect(run.state).toBe('completed');
    expect(await rooms.attributesOf('p3')).toEqual(toAttributes({ department: ['a'] }));
    expect(await rooms.attributesOf('p4')).toEqual(toAttributes({ department: ['b'] }));
    expect(await inside('lab')).toEqual(['p3']);
  });
});

it('a default channel that the database refuses is a problem of the run, and of no later one when it is mended', async () => {
  await rooms.make('general', 'lounge');
  await collection('rocketchat_room').updateMany({}, { $set: { default: true } });
  await rule(SUBSCRIPTIONS, { rid: { $ne: 'R-lounge' } });
  const problem = expect.objectContaining({ message: expect.stringContaining('R-lounge') });
  for (const entries of [many(2), many(3)])
    expect(await sync(entries)).toMatchObject({
      state: 'completed',
      problems: expect.arrayContaining([problem]),
    });
  expect(await rooms.members()).toEqual({ general: ['p0', 'p1', 'p2'], lounge: [] });
  await rule(SUBSCRIPTIONS, {});
  expect(await sync(many(3))).toMatchObject({ state: 'completed', problems: [], joined: 3 });
});
