import { ROOMS, SUBSCRIPTIONS } from '../setup/chat-rooms.js';
import { many, useHistories, type Entries } from '../setup/histories.js';
import { CHANNELS, createRoomsOfGroups, MESSAGES, toMemberGroup, TRASH } from '../setup/rooms-of-groups.js';

const histories = useHistories();
const { before: rightBefore, changes, collection, killAt, sync } = histories;
const rooms = createRoomsOfGroups(histories);

const NAMES = ['p0', 'p1', 'p2', 'p3', 'p4', 'p5'] as const;
const company = (staff: readonly string[]): Entries => [
  ...many(6),
  toMemberGroup('staff', staff),
  toMemberGroup('it', []),
];
const general = async (): Promise<readonly string[]> => (await rooms.members())['general'] ?? [];
const isAboutCounts = ([filter]: readonly unknown[]): boolean =>
  (filter as { _id?: unknown } | undefined)?._id === 'R-general';

beforeEach(() => rooms.make('general', 'helpdesk', 'support'));

describe('a run that is killed', () => {
  it.each([
    ['as people join', { collection: SUBSCRIPTIONS, method: 'insertMany', nth: 2 }],
    [
      'as the members are counted',
      { collection: ROOMS, method: 'updateOne', nth: 2, isMeant: isAboutCounts },
    ],
  ] as const)(
    '%s leaves whole transactions, of which its rows tell, and the next finishes',
    async (_, moment) => {
      const killed = await killAt(moment, () => sync(company(NAMES), CHANNELS));
      expect(await rooms.disagreements()).toEqual([]);
      const inside = await general();
      expect(inside).toEqual(NAMES.slice(0, 3));
      const told = (await changes(killed._id)).filter(({ fields }) =>
        fields.some(({ field }) => field === 'rooms'),
      );
      expect(told.map(({ username }) => username)).toEqual(inside);
      expect(killed).toMatchObject({ counts: { created: 3 }, roomsJoined: 3 });
      expect(await sync(company(NAMES), CHANNELS)).toMatchObject({ state: 'completed', roomsJoined: 3 });
      expect(await general()).toEqual(NAMES);
      expect(await rooms.disagreements()).toEqual([]);
      expect(await collection(MESSAGES).countDocuments({ t: 'uj' })).toBe(6);
    },
  );

  it('as people leave has taken nobody out, and the next does', async () => {
    await sync(company(NAMES), CHANNELS);
    const moment = { collection: ROOMS, method: 'updateOne', isMeant: isAboutCounts } as const;
    const killed = await killAt(moment, () => sync(company(NAMES.slice(2)), CHANNELS));
    expect(await general()).toEqual(NAMES);
    expect([await collection(TRASH).countDocuments({}), killed.removed]).toEqual([0, 0]);
    expect(await sync(company(NAMES.slice(2)), CHANNELS)).toMatchObject({ state: 'completed', removed: 2 });
    expect(await general()).toEqual(NAMES.slice(2));
    expect(await rooms.disagreements()).toEqual([]);
  });
});

it('a message that is written in the room meanwhile is a conflict, after which everybody is in and counted', async () => {
  const moment = { collection: ROOMS, method: 'updateOne', isMeant: isAboutCounts } as const;
  rightBefore(moment, () =>
    histories
      .database()
      .connection.collection(ROOMS)
      .updateOne({ _id: 'R-general' as never }, { $inc: { msgs: 1 } }),
  );
  expect(await sync(company(NAMES), CHANNELS)).toMatchObject({ state: 'completed', roomsJoined: 6 });
  expect(await general()).toEqual(NAMES);
  expect(await rooms.disagreements()).toEqual([]);
  expect(await collection(ROOMS).findOne({ name: 'general' })).toMatchObject({ msgs: 7, usersCount: 6 });
});
