import { many, toPerson, useHistories, type Entries } from '../setup/histories.js';
import { CHANNELS, createRoomsOfGroups, toMemberGroup } from '../setup/rooms-of-groups.js';

const histories = useHistories();
const { engine, sync } = histories;
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
