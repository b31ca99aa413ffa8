import { hex, many, toPerson, useHistories, type Entries } from '../setup/histories.js';
import { ABAC, createAbacRooms, toAttributes } from '../setup/abac.js';
import { CHANNELS, createRoomsOfGroups, toMemberGroup } from '../setup/rooms-of-groups.js';

const histories = useHistories();
const { beforeReread, changes, collection, engine, set, sync, user } = histories;
const rooms = createRoomsOfGroups(histories);

const SETTINGS = {
  ...CHANNELS,
  LDAP_FederationHomeServer_Field: 'homeServer',
  Federation_Service_Enabled: true,
  Federation_Service_Domain: 'chat.x.org',
};
const NAMES = ['p0', 'p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'p7', 'p8', 'p9'] as const;
const company = (staff: readonly string[], people: Entries = many(10)): Entries => [
  ...people,
  toMemberGroup('staff', staff),
  toMemberGroup('it', []),
];
const members = async () => (await rooms.members())['general'];

beforeEach(async () => {
  await rooms.make('general', 'helpdesk', 'support');
  await sync(company(NAMES), SETTINGS);
});

it('whoever is to leave a room stays once the entry has become that of another server', async () => {
  const held = await sync(company(NAMES.slice(5)), SETTINGS);
  expect(held).toMatchObject({ state: 'held', held: { memberships: 5 } });
  const people = [toPerson('p0', { homeServer: 'other.example' }), ...many(10).slice(1)];
  const approved = await engine(company(NAMES.slice(5), people), SETTINGS).approve(held._id);
  expect(approved).toMatchObject({ counts: { updated: 4 }, removed: 4 });
  expect(await members()).toEqual(['p0', ...NAMES.slice(5)]);
});

const MEANWHILE: readonly (readonly [string, () => Promise<unknown>])[] = [
  ['unlinked', () => collection('users').updateOne({ username: 'p0' }, { $unset: { 'services.ldap': '' } })],
  ['linked to another entry', () => set('p0', { 'services.ldap.id': hex('id-other') })],
  ['made an account of another server', () => set('p0', { federated: true })],
  ['switched off', () => set('p0', { active: false })],
];

it.each(MEANWHILE)('whoever is %s between look-up and transaction stays in the room', async (_, act) => {
  const held = await sync(company(NAMES.slice(5)), SETTINGS);
  const now = engine(company(NAMES.slice(5)), SETTINGS);
  beforeReread(act);
  const approved = await now.approve(held._id);
  expect(approved).toMatchObject({ counts: { updated: 4 }, removed: 4 });
  expect(await members()).toEqual(['p0', ...NAMES.slice(5)]);
  const rows = (await changes(approved._id)).filter(({ state }) => state === 'skipped');
  expect(rows).toMatchObject([{ kind: 'membership', username: 'p0' }]);
});

it.each(MEANWHILE.slice(0, 2))(
  'whoever is %s then keeps ABAC attributes and guarded rooms',
  async (_, act) => {
    const guarded = createAbacRooms(histories);
    const people = (ou: string) => [toPerson('p0', { ou }), ...many(4, () => ({ ou: 'cs' })).slice(1)];
    await sync(people('math'), ABAC);
    await set('p0', { abacAttributes: toAttributes({ department: ['cs', 'math'] }) });
    await guarded.makeGuarded('lab', { department: ['math'] });
    await guarded.put('p0', 'lab');
    beforeReread(act);
    await sync(people('cs'), ABAC);
    expect(await guarded.attributesOf('p0')).toHaveLength(1);
    expect((await guarded.members())['lab']).toEqual(['p0']);
    expect(await user('p0')).toMatchObject({
      abacAttributes: toAttributes({ department: ['cs', 'math'] }),
    });
  },
);
