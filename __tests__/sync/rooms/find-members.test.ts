import { findMembers, findSubscribed } from '../../../lib/sync/rooms/find-members.js';
import { SUBSCRIPTIONS, useRoomDatabase } from '../../setup/room-database.js';

const database = useRoomDatabase();
const { room, set } = database;

describe('who is in a room', () => {
  beforeEach(async () => {
    await room('c1', ['ada', 'bob', 'eve']);
    await room('c2', ['ada']);
    await room('c3', ['ada']);
    await set(SUBSCRIPTIONS, 'c1/bob', { status: 'BANNED' });
    await set(SUBSCRIPTIONS, 'c1/eve', { status: null });
  });

  it('is found by users and rooms; whoever is banned is not in it', async () => {
    const scene = { connection: database.connection() };
    const asked = [
      ['c1', 'c2'],
      ['u-ada', 'u-bob', 'u-eve', 'u-joe'],
    ] as const;
    const inside = new Map([
      ['u-ada', new Set(['c1', 'c2'])],
      ['u-eve', new Set(['c1'])],
    ]);
    expect(await findMembers(...asked, scene)).toEqual(inside);
    expect(await findSubscribed(...asked, scene)).toEqual({
      inside,
      barred: new Map([['u-bob', new Set(['c1'])]]),
    });
  });

  it('is nobody where nothing is asked', async () => {
    const scene = { connection: database.connection() };
    expect(await findMembers([], ['u-ada'], scene)).toEqual(new Map());
    expect(await findMembers(['c1'], [], scene)).toEqual(new Map());
  });
});
