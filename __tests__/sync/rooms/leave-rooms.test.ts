import { openCollection } from '../../../models/database.js';
import type { LeaveResult } from '../../../lib/sync/rooms/room-writes.js';
import {
  DATE,
  HEX,
  LONG_AGO,
  MEMBERS,
  MESSAGES,
  NOW,
  ROOMS,
  SUBSCRIPTIONS,
  TRASH,
  useRoomDatabase,
} from '../../setup/room-database.js';

const database = useRoomDatabase();
const { all, find, insert, room, set, users, write } = database;

/** `ada c1` leaves; `ada main t1` leaves the team whose main room it is. */
const leave = (
  places: readonly string[],
  manner: Parameters<typeof write>[1] = {},
): Promise<readonly LeaveResult[]> =>
  write((rooms) => {
    const leaves = places.map((place) => {
      const [name = '', rid = '', teamId] = place.split(' ');
      return { rid, userId: `u-${name}`, ...(teamId === undefined ? {} : { teamId }) };
    });
    return rooms.leave(leaves);
  }, manner);
const left = (rid: string, name: string): LeaveResult => ({
  state: 'left',
  subscriptionId: `${rid}/${name}`,
});
const LAST = { obstacle: 'last-owner' } as const;
const LEFT_TEAM = { state: 'left-team' } as const;
const NOT_THERE = { obstacle: 'not-there' } as const;
const membersOf = async (rid: string): Promise<readonly unknown[]> =>
  (await all(SUBSCRIPTIONS, { rid })).map(({ u }) => (u as { username: string }).username);

describe('somebody who leaves a channel', () => {
  it('leaves the documents of Rocket.Chat behind', async () => {
    await users('ada', 'bob');
    await room('c1', ['ada', 'bob']);
    await set(SUBSCRIPTIONS, 'c1/ada', { unread: 4, tunread: ['m'] });
    await set('users', 'u-ada', { __rooms: ['c0', 'c1'], roomRolePriorities: { c0: 0, c1: 500 } });
    const subscription = await find(SUBSCRIPTIONS, 'c1/ada');
    expect(await leave(['ada c1'])).toEqual([left('c1', 'ada')]);
    expect(await membersOf('c1')).toEqual(['bob']);
    expect(await all(TRASH)).toEqual([{ ...subscription, _deletedAt: NOW, __collection__: 'subscription' }]);
    expect(await all(MESSAGES)).toEqual([
      {
        _id: HEX,
        t: 'ul',
        rid: 'c1',
        ts: NOW,
        msg: 'ada',
        u: { _id: 'u-ada', username: 'ada', name: 'Ada' },
        groupable: false,
        _updatedAt: NOW,
      },
    ]);
    expect(await find(ROOMS, 'c1')).toEqual({
      _id: 'c1',
      t: 'c',
      name: 'c1',
      usersCount: 1,
      msgs: 8,
      _updatedAt: DATE,
    });
    expect(await find('users', 'u-ada')).toMatchObject({
      __rooms: ['c0'],
      roomRolePriorities: { c0: 0 },
      _updatedAt: DATE,
    });
    expect((await find('users', 'u-ada'))?.['roomRolePriorities']).toEqual({ c0: 0 });
  });

  it('leaves silently where messages are off', async () => {
    await users('ada');
    await room('c1', ['ada']);
    await leave(['ada c1'], { sendsMessages: false });
    expect(await all(MESSAGES)).toEqual([]);
    expect(await find(ROOMS, 'c1')).toMatchObject({ usersCount: 0, msgs: 7 });
  });

  it('waits for the key of an encrypted room no more', async () => {
    await users('ada', 'bob');
    const waiting = [{ userId: 'u-ada', ts: LONG_AGO }, 'odd', { userId: 'u-eve', ts: LONG_AGO }];
    await room('c1', ['ada', 'bob'], { encrypted: true, usersWaitingForE2EKeys: waiting });
    await leave(['bob c1'], { usesEncryption: true });
    expect((await find(ROOMS, 'c1'))?.['usersWaitingForE2EKeys']).toEqual(waiting);
    await leave(['ada c1'], { usesEncryption: true });
    expect((await find(ROOMS, 'c1'))?.['usersWaitingForE2EKeys']).toEqual(waiting.slice(1));
  });

  it('is taken out although the user is gone', async () => {
    await room('c1', ['ada']);
    expect(await leave(['ada c1'])).toEqual([left('c1', 'ada')]);
    expect(await all(MESSAGES)).toEqual([expect.objectContaining({ u: { _id: 'u-ada', username: 'ada' } })]);
  });
});

describe('nobody leaves', () => {
  it('who is not there, banned or only invited, nor a room that is gone, nor twice', async () => {
    await users('ada', 'bob', 'eve');
    await room('c1', ['ada', 'bob', 'eve']);
    await set(SUBSCRIPTIONS, 'c1/bob', { status: 'BANNED' });
    await set(SUBSCRIPTIONS, 'c1/eve', { status: 'INVITED' });
    await insert(SUBSCRIPTIONS, { _id: 'stray', rid: 'gone', u: { _id: 'u-ada' } });
    expect(await leave(['joe c1', 'bob c1', 'eve c1', 'ada gone', 'ada c1', 'ada c1'])).toEqual([
      NOT_THERE,
      NOT_THERE,
      NOT_THERE,
      NOT_THERE,
      left('c1', 'ada'),
      NOT_THERE,
    ]);
    expect(await membersOf('c1')).toEqual(['bob', 'eve']);
    expect(await find(ROOMS, 'c1')).toMatchObject({ usersCount: 2, msgs: 8 });
  });

  it('a conversation', async () => {
    await users('ada');
    await room('c1', ['ada'], { t: 'd' });
    expect(await leave(['ada c1'])).toEqual([NOT_THERE]);
    expect(await membersOf('c1')).toEqual(['ada']);
  });
});

describe('the last owner', () => {
  it('stays, and the others go', async () => {
    await users('ada', 'bob');
    await room('c1', ['ada:owner', 'bob']);
    expect(await leave(['ada c1', 'bob c1'])).toEqual([LAST, left('c1', 'bob')]);
    expect(await membersOf('c1')).toEqual(['ada']);
    expect(await all(TRASH)).toHaveLength(1);
  });

  it('of two who are to leave together is the second', async () => {
    await users('ada', 'bob');
    await room('c1', ['ada:owner', 'bob:owner']);
    await room('c2', ['ada:owner', 'bob:owner']);
    expect(await leave(['ada c1', 'bob c1', 'bob c2', 'ada c2'])).toEqual([
      left('c1', 'ada'),
      LAST,
      left('c2', 'bob'),
      LAST,
    ]);
  });

  it('of two who are to leave one after the other in one transaction is the second', async () => {
    await users('ada', 'bob');
    await room('c1', ['ada:owner', 'bob:owner']);
    const results = await write(async (rooms) => [
      await rooms.leave([{ rid: 'c1', userId: 'u-ada' }]),
      await rooms.leave([{ rid: 'c1', userId: 'u-bob' }]),
    ]);
    expect(results).toEqual([[left('c1', 'ada')], [LAST]]);
  });

  it('is who is on, though another owner is off; who is off may go', async () => {
    await users('ada', 'bob');
    await set('users', 'u-bob', { active: false });
    await room('c1', ['ada:owner', 'bob:owner']);
    expect(await leave(['ada c1'])).toEqual([LAST]);
    expect(await leave(['bob c1'])).toEqual([left('c1', 'bob')]);
    expect(await leave(['ada c1'])).toEqual([LAST]);
  });

  it('is one of several who are all off', async () => {
    await users('ada', 'bob');
    await set('users', 'u-ada', { active: false });
    await set('users', 'u-bob', { active: false });
    await room('c1', ['ada:owner', 'bob:owner']);
    expect(await leave(['ada c1', 'bob c1'])).toEqual([left('c1', 'ada'), LAST]);
  });

  it('may leave a room to rocket.cat', async () => {
    await users('ada');
    await insert('users', { _id: 'u-rocket.cat', username: 'rocket.cat', type: 'bot', active: true });
    await room('c1', ['ada:owner', 'rocket.cat:owner']);
    expect(await leave(['ada c1'])).toEqual([left('c1', 'ada')]);
  });
});

describe('a team', () => {
  it('is left with its main room, and nothing but that; the membership stays in the trash', async () => {
    await users('ada', 'bob');
    await room('main', ['ada', 'bob'], { teamId: 't1', teamMain: true });
    await room('auto', ['ada'], { teamId: 't1', teamDefault: true });
    const member = { _id: 'm1', teamId: 't1', userId: 'u-ada', roles: ['owner'], createdAt: LONG_AGO };
    const others = [
      { _id: 'm2', teamId: 't1', userId: 'u-bob' },
      { _id: 'm3', teamId: 't2', userId: 'u-ada' },
    ];
    await insert(MEMBERS, member, ...others);
    expect(await leave(['ada main'])).toEqual([left('main', 'ada')]);
    expect((await all(MESSAGES)).map(({ t }) => t)).toEqual(['ult']);
    expect(await all(MEMBERS)).toEqual(others);
    expect(await all(TRASH, { __collection__: 'team_member' })).toEqual([
      { ...member, rid: 'main', _deletedAt: NOW, __collection__: 'team_member' },
    ]);
    expect(await membersOf('auto')).toEqual(['ada']);
  });

  it('is left by a member who has no subscription of its main room, or is banned from it, and says nothing', async () => {
    await users('ada', 'bob', 'eve');
    await room('main', ['bob'], { teamId: 't1', teamMain: true });
    await set(SUBSCRIPTIONS, 'main/bob', { status: 'BANNED' });
    const members = ['ada', 'bob', 'eve'].map((name) => ({ _id: name, teamId: 't1', userId: `u-${name}` }));
    await insert(MEMBERS, ...members);
    const before = await find(ROOMS, 'main');
    expect(await leave(['ada main t1', 'bob main t1', 'ada main t1'])).toEqual([
      LEFT_TEAM,
      LEFT_TEAM,
      NOT_THERE,
    ]);
    expect((await all(MEMBERS)).map(({ _id }) => _id)).toEqual(['eve']);
    expect((await all(TRASH)).map(({ _id, rid }) => [_id, rid])).toEqual([
      ['ada', 'main'],
      ['bob', 'main'],
    ]);
    expect(await membersOf('main')).toEqual(['bob']);
    expect(await find(ROOMS, 'main')).toEqual(before);
    expect(await all(MESSAGES)).toEqual([]);
  });

  it('keeps its last owner, who has no subscription of its main room', async () => {
    await users('ada', 'bob');
    await room('main', [], { teamId: 't1', teamMain: true });
    const members = ['ada', 'bob'].map((name) => ({
      _id: name,
      teamId: 't1',
      userId: `u-${name}`,
      roles: ['owner'],
    }));
    await insert(MEMBERS, ...members);
    expect(await leave(['ada main t1', 'bob main t1'])).toEqual([LEFT_TEAM, LAST]);
    expect((await all(MEMBERS)).map(({ _id }) => _id)).toEqual(['bob']);
  });

  it('keeps an owner, whether those who leave have a subscription of its main room or not, and who is off is none', async () => {
    await users('ada', 'bob', 'eve', 'off');
    await set('users', 'u-off', { active: false });
    await room('main', ['ada', 'eve'], { teamId: 't1', teamMain: true });
    const members = ['ada', 'bob', 'off'].map((name) => ({
      _id: name,
      teamId: 't1',
      userId: `u-${name}`,
      roles: ['owner'],
    }));
    await insert(MEMBERS, ...members, { _id: 'eve', teamId: 't1', userId: 'u-eve' });
    expect(await leave(['ada main t1', 'bob main t1', 'eve main t1'])).toEqual([
      left('main', 'ada'),
      LAST,
      left('main', 'eve'),
    ]);
    expect((await all(MEMBERS)).map(({ _id }) => _id).sort()).toEqual(['bob', 'off']);
    await insert(MEMBERS, members[0]!);
    await room('main2', ['ada'], { teamId: 't2', teamMain: true });
    await insert(MEMBERS, { _id: 'x', teamId: 't2', userId: 'u-ada', roles: ['owner'] });
    expect(await leave(['ada main2 t2'])).toEqual([LAST]);
  });

  it.each([
    ['the room has become another team’s', { teamId: 't2', teamMain: true }],
    ['the room is no main room any more', { teamId: 't1' }],
  ])('is not left without a subscription when %s', async (_, fields) => {
    await users('ada');
    await room('main', [], fields);
    await insert(MEMBERS, { _id: 'm1', teamId: 't1', userId: 'u-ada' });
    expect(await leave(['ada main t1'])).toEqual([NOT_THERE]);
    expect(await all(MEMBERS)).toHaveLength(1);
  });

  it('is left by nobody who leaves another team in the same transaction', async () => {
    await users('ada', 'bob');
    await room('m1', ['ada', 'bob'], { teamId: 't1', teamMain: true });
    await room('m2', ['ada', 'bob'], { teamId: 't2', teamMain: true });
    const members = ['t1 u-ada', 't1 u-bob', 't2 u-ada', 't2 u-bob'].map((_id) => {
      const [teamId, userId] = _id.split(' ');
      return { _id, teamId, userId };
    });
    await insert(MEMBERS, ...members);
    await leave(['ada m1', 'bob m2']);
    expect((await all(MEMBERS)).map(({ _id }) => _id)).toEqual(['t1 u-bob', 't2 u-ada']);
  });

  it('is not left with another of its rooms', async () => {
    await users('ada');
    await room('auto', ['ada'], { teamId: 't1', teamDefault: true });
    await insert(MEMBERS, { _id: 'm1', teamId: 't1', userId: 'u-ada' });
    await leave(['ada auto']);
    expect(await all(MEMBERS)).toHaveLength(1);
    expect((await all(MESSAGES)).map(({ t }) => t)).toEqual(['ul']);
  });
});

describe('a transaction', () => {
  it('in which people come and go writes the room once', async () => {
    await users('ada', 'bob', 'eve');
    await set('users', 'u-eve', { e2e: { public_key: '{}' } });
    const waiting = [{ userId: 'u-bob', ts: LONG_AGO }];
    await room('c1', ['ada', 'bob'], { encrypted: true, usersWaitingForE2EKeys: waiting });
    const collection = openCollection(database.connection(), ROOMS);
    const updateOne = jest.spyOn(collection, 'updateOne');
    const mapped = { kind: 'channels', name: 'c1', rid: 'c1', shown: 'c1', isToBeMade: false } as const;
    await write(
      async (rooms) => {
        await rooms.leave([
          { rid: 'c1', userId: 'u-ada' },
          { rid: 'c1', userId: 'u-bob' },
        ]);
        await rooms.join([{ room: { ...mapped, alsoJoins: [] }, userId: 'u-eve' }]);
      },
      { usesEncryption: true },
    );
    expect(updateOne).toHaveBeenCalledTimes(1);
    updateOne.mockRestore();
    expect(await find(ROOMS, 'c1')).toMatchObject({
      usersCount: 1,
      msgs: 10,
      usersWaitingForE2EKeys: [{ userId: 'u-eve', ts: NOW }],
    });
  });

  it.each([
    ['a number of members that is a text', { usersCount: 'many' }, { usersCount: 'many', msgs: 8 }],
    ['a number of messages that is a list', { msgs: [1] }, { usersCount: 0, msgs: [1] }],
    ['no counts', { usersCount: undefined, msgs: undefined }, { msgs: 1 }],
    ['a number of members that is too small', { usersCount: 0 }, { usersCount: 0, msgs: 8 }],
    ['a number of members below zero', { usersCount: -3 }, { usersCount: -3, msgs: 8 }],
    ['waiting people that are a text', { encrypted: true, usersWaitingForE2EKeys: 'x' }, { usersCount: 0 }],
  ])('takes %s of a room', async (_what, fields, expected) => {
    await users('ada');
    const given = Object.entries(fields).filter(([, value]) => value !== undefined);
    const absent = Object.keys(fields).filter((field) => !given.some(([name]) => name === field));
    await room('c1', ['ada'], Object.fromEntries(given));
    for (const field of absent)
      await openCollection(database.connection(), ROOMS).updateOne({ _id: 'c1' }, {
        $unset: { [field]: '' },
      } as object);
    expect(await leave(['ada c1'], { usesEncryption: true })).toEqual([left('c1', 'ada')]);
    expect(await find(ROOMS, 'c1')).toMatchObject(expected);
  });

  it.each([
    ['a list of rooms that is a text', { __rooms: 'c1' }],
    ['a list of ranks that is a text', { roomRolePriorities: 'c1' }],
  ])('takes %s at a user', async (_what, fields) => {
    await users('ada');
    await set('users', 'u-ada', fields);
    await room('c1', ['ada']);
    expect(await leave(['ada c1'])).toEqual([left('c1', 'ada')]);
    expect(await find('users', 'u-ada')).toMatchObject(fields);
  });

  it('takes the id of a room that is no part of a path', async () => {
    await users('ada');
    await set('users', 'u-ada', { __rooms: ['c.1'], roomRolePriorities: { c: { 1: 0 } } });
    await room('c.1', ['ada']);
    expect(await leave(['ada c.1'])).toEqual([left('c.1', 'ada')]);
    expect(await find('users', 'u-ada')).toMatchObject({ __rooms: [], roomRolePriorities: { c: { 1: 0 } } });
  });
});
