import { openCollection } from '../../../models/database.js';
import type { MappedRoom } from '../../../lib/sync/rooms/mapped-room.js';
import { TransactionConflict } from '../../../lib/sync/run/transactions.js';
import {
  DATE,
  HEX,
  MEMBERS,
  MESSAGES,
  NOW,
  ROOMS,
  SUBSCRIPTIONS,
  toMapped,
  useRoomDatabase,
  type Document,
} from '../../setup/room-database.js';

const database = useRoomDatabase();
const { all, find, insert, room, set, users, write } = database;

const CAT = { _id: 'rocket.cat', username: 'rocket.cat' };
const JOINED = {
  _id: HEX,
  open: true,
  alert: true,
  unread: 1,
  userMentions: 1,
  groupMentions: 0,
  ts: NOW,
  u: { _id: 'u-ada', username: 'ada', name: 'Ada' },
  _updatedAt: NOW,
};
const MESSAGE = { _id: HEX, ts: NOW, msg: 'ada', groupable: false, _updatedAt: NOW };

const join = (
  names: readonly string[],
  mapped: MappedRoom,
  manner: Parameters<typeof write>[1] = {},
): Promise<readonly string[]> =>
  write(async (rooms) => {
    const joined = await rooms.join(names.map((name) => ({ room: mapped, userId: `u-${name}` })));
    return joined.map(({ userId }) => userId.slice(2));
  }, manner);
const insideOf = async (rid: string): Promise<readonly string[]> =>
  (await all(SUBSCRIPTIONS, { rid })).map(({ u }) => (u as { _id: string })._id.slice(2)).sort();

describe('somebody who joins a channel', () => {
  it('gets the documents of Rocket.Chat', async () => {
    await users('ada');
    await room('c1', [], { fname: 'One', customFields: { a: 1 }, usersCount: 3 });
    expect(await join(['ada'], toMapped('c1'))).toEqual(['ada']);
    expect(await all(SUBSCRIPTIONS)).toEqual([
      { ...JOINED, rid: 'c1', name: 'c1', fname: 'One', customFields: { a: 1 }, t: 'c' },
    ]);
    expect(await all(MESSAGES)).toEqual([{ ...MESSAGE, t: 'uj', rid: 'c1', u: JOINED.u }]);
    expect(await find(ROOMS, 'c1')).toEqual({
      _id: 'c1',
      t: 'c',
      name: 'c1',
      fname: 'One',
      customFields: { a: 1 },
      usersCount: 4,
      msgs: 8,
      _updatedAt: DATE,
    });
    expect(await find('users', 'u-ada')).toMatchObject({ __rooms: ['c1'], _updatedAt: DATE });
    expect(await all(MEMBERS)).toEqual([]);
  });

  it('joins a private group in the same way, and a discussion with its own message', async () => {
    await users('ada');
    await room('p1');
    await room('p2', [], { prid: 'c1', fname: 'talk' });
    await join(['ada'], toMapped('p1'));
    await join(['ada'], toMapped('p2'));
    expect((await all(SUBSCRIPTIONS)).map(({ rid, t, prid }) => [rid, t, prid])).toEqual([
      ['p1', 'p', undefined],
      ['p2', 'p', 'c1'],
    ]);
    expect((await all(MESSAGES)).map(({ rid, t }) => [rid, t])).toEqual([
      ['p1', 'uj'],
      ['p2', 'ut'],
    ]);
  });

  it('joins silently where messages are off, and begins an unread message where they say who has read them', async () => {
    await users('ada', 'bob');
    await room('c1');
    await join(['ada'], toMapped('c1'), { sendsMessages: false });
    expect([await all(MESSAGES), (await find(ROOMS, 'c1'))?.['msgs']]).toEqual([[], 7]);
    await join(['bob'], toMapped('c1'), { usesReadReceipts: true });
    expect(await all(MESSAGES)).toEqual([expect.objectContaining({ msg: 'bob', unread: true })]);
  });

  it('waits for the key of an encrypted room, the last fifty only', async () => {
    await users('ada', 'bob', 'eve');
    await set('users', 'u-ada', { e2e: { public_key: '{}' } });
    await set('users', 'u-eve', { e2e: 'x' });
    const waiting = Array.from({ length: 50 }, (_, index) => ({ userId: `w${index}`, ts: NOW }));
    await room('c1', [], { encrypted: true, usersWaitingForE2EKeys: waiting });
    await join(['ada', 'bob', 'eve'], toMapped('c1'), { usesEncryption: true });
    expect((await find(ROOMS, 'c1'))?.['usersWaitingForE2EKeys']).toEqual([
      ...waiting.slice(1),
      { userId: 'u-ada', ts: NOW },
    ]);
  });

  it.each([
    ['no encryption', { encrypted: true }, false],
    ['no encrypted room', {}, true],
  ])('waits for no key where there is %s', async (_what, fields, usesEncryption) => {
    await users('ada');
    await set('users', 'u-ada', { e2e: { public_key: '{}' } });
    await room('c1', [], fields);
    await join(['ada'], toMapped('c1'), { usesEncryption });
    expect(await find(ROOMS, 'c1')).not.toHaveProperty('usersWaitingForE2EKeys');
  });
});

describe('nobody joins', () => {
  it('who is inside, banned, off, gone, without a user name or of another server; nor twice', async () => {
    await users('in', 'out', 'off', 'nameless', 'far', 'ada');
    await set('users', 'u-off', { active: false });
    await set('users', 'u-nameless', { username: 7 });
    await set('users', 'u-far', { federated: true });
    await room('c1', ['in', 'out']);
    await set(SUBSCRIPTIONS, 'c1/out', { status: 'BANNED' });
    const before = await all(SUBSCRIPTIONS);
    const names = ['in', 'out', 'off', 'nameless', 'far', 'gone', 'ada', 'ada'];
    expect(await join(names, toMapped('c1'))).toEqual(['ada']);
    expect(await insideOf('c1')).toEqual(['ada', 'in', 'out']);
    expect((await all(SUBSCRIPTIONS)).filter(({ _id }) => String(_id).startsWith('c1/'))).toEqual(before);
    expect(await find(ROOMS, 'c1')).toMatchObject({ usersCount: 3, msgs: 8 });
  });

  it.each<[string, Document]>([
    ['guarded by ABAC', { abacAttributes: [{ key: 'a', values: ['b'] }] }],
    ['archived', { archived: true }],
    ['shared with other servers', { federated: true }],
    ['no channel', { t: 'd' }],
    ['the main room of a team', { teamMain: true, teamId: 't' }],
    ['not counted in numbers', { usersCount: 'many' }],
    ['not counted in numbers of messages', { msgs: null }],
  ])('a room that is %s', async (_what, fields) => {
    await users('ada');
    await room('c1', [], fields);
    const before = await find(ROOMS, 'c1');
    expect(await join(['ada'], toMapped('c1'))).toEqual([]);
    expect([await all(SUBSCRIPTIONS), await all(MESSAGES), await find(ROOMS, 'c1')]).toEqual([
      [],
      [],
      before,
    ]);
  });

  it('a room that is gone', async () => {
    await users('ada');
    expect(await join(['ada'], toMapped('c1'))).toEqual([]);
    expect(await all(ROOMS)).toEqual([]);
  });
});

describe('a channel that is to be made', () => {
  const MAPPED = toMapped('65f000000000000000000001', {
    name: 'Help Desk',
    shown: 'Help Desk',
    isToBeMade: true,
    making: { name: 'Help-Desk', ownerId: 'u-boss' },
  });
  const { rid } = MAPPED;
  const BOSS = { _id: 'u-boss', username: 'boss', name: 'Boss' };

  it('is made as Rocket.Chat makes it, with its owner, and those who join', async () => {
    await users('ada', 'bob', 'boss');
    expect(await join(['ada', 'bob'], MAPPED)).toEqual(['ada', 'bob']);
    expect(await all(ROOMS)).toEqual([
      {
        _id: rid,
        fname: 'Help Desk',
        customFields: { ldap: true },
        name: 'Help-Desk',
        t: 'c',
        msgs: 2,
        usersCount: 3,
        u: BOSS,
        ts: NOW,
        ro: false,
        _updatedAt: DATE,
      },
    ]);
    const PART = { rid, name: 'Help-Desk', fname: 'Help Desk', customFields: { ldap: true }, t: 'c' };
    const [owner] = await all(SUBSCRIPTIONS, { 'u._id': 'u-boss' });
    expect(owner).toEqual({
      _id: HEX,
      open: true,
      alert: false,
      unread: 0,
      userMentions: 0,
      groupMentions: 0,
      ts: NOW,
      ...PART,
      u: BOSS,
      ls: NOW,
      roles: ['owner'],
    });
    expect(await all(SUBSCRIPTIONS, { 'u._id': 'u-ada' })).toEqual([{ ...JOINED, ...PART }]);
    expect(await find('users', 'u-boss')).toMatchObject({
      __rooms: [rid],
      roomRolePriorities: { [rid]: 0 },
      _updatedAt: DATE,
    });
    expect(await find('users', 'u-ada')).not.toHaveProperty('roomRolePriorities');
    expect((await all(MESSAGES)).map(({ msg }) => msg)).toEqual(['ada', 'bob']);
  });

  it('is made once, and joined by those who come in a later transaction', async () => {
    await users('ada', 'bob', 'boss');
    await join(['ada'], MAPPED);
    expect(await join(['ada', 'bob'], MAPPED)).toEqual(['bob']);
    expect(await all(ROOMS)).toEqual([expect.objectContaining({ usersCount: 3, msgs: 2 })]);
  });

  it('is not made for nobody', async () => {
    await users('boss');
    expect(await join(['gone'], MAPPED)).toEqual([]);
    expect(await all(ROOMS)).toEqual([]);
  });

  it('counts its owner once, when a group gives the channel to the owner, too', async () => {
    await users('ada', 'boss');
    expect(await join(['boss', 'ada'], MAPPED)).toEqual(['ada']);
    expect(await find(ROOMS, rid)).toMatchObject({ usersCount: 2, msgs: 1 });
  });

  it.each([
    ['somebody has taken its name', async () => room('other', [], { name: 'Help-Desk' })],
    ['its owner is off', async () => set('users', 'u-boss', { active: false })],
    ['its owner is gone', async () => set('users', 'u-boss', { username: 7 })],
  ])('is not made when %s meanwhile', async (_what, meanwhile) => {
    await users('ada', 'boss');
    await meanwhile();
    expect(await join(['ada'], MAPPED)).toEqual([]);
    expect(await all(SUBSCRIPTIONS)).toEqual([]);
  });
});

describe('a team', () => {
  const TEAM = toMapped('main', { kind: 'teams', teamId: 't1', alsoJoins: ['auto', 'p-auto'] });
  const openTeam = async (): Promise<void> => {
    await users('ada', 'bob');
    await room('main', [], { teamId: 't1', teamMain: true });
    await room('auto', [], { teamId: 't1', teamDefault: true });
    await room('p-auto', [], { teamId: 't1', teamDefault: true });
  };

  it('is joined by way of rocket.cat, with the rooms that are joined with it', async () => {
    await openTeam();
    expect(await join(['ada'], TEAM)).toEqual(['ada']);
    expect(await all(SUBSCRIPTIONS, { rid: 'main' })).toEqual([
      { ...JOINED, rid: 'main', name: 'main', t: 'c', inviter: CAT },
    ]);
    expect((await all(MESSAGES)).map(({ t, rid, u }) => ({ t, rid, u }))).toEqual([
      { t: 'added-user-to-team', rid: 'main', u: CAT },
      { t: 'au', rid: 'auto', u: CAT },
      { t: 'au', rid: 'p-auto', u: CAT },
    ]);
    expect(await all(MEMBERS)).toEqual([
      { _id: HEX, teamId: 't1', userId: 'u-ada', createdAt: NOW, createdBy: CAT, _updatedAt: NOW },
    ]);
    expect(await find('users', 'u-ada')).toMatchObject({ __rooms: ['main', 'auto', 'p-auto'] });
    for (const rid of ['main', 'auto', 'p-auto'])
      expect(await find(ROOMS, rid)).toMatchObject({ usersCount: 1, msgs: 8 });
  });

  it('keeps what a member of it is already', async () => {
    await openTeam();
    const member = { _id: 'm', teamId: 't1', userId: 'u-ada', roles: ['owner'] };
    await insert(MEMBERS, member);
    await join(['ada', 'bob'], TEAM);
    expect(await all(MEMBERS)).toEqual([expect.objectContaining({ userId: 'u-bob' }), member]);
  });

  it('makes a member of who is in its main room only, with its other rooms, and says nothing in that', async () => {
    await openTeam();
    await insert(SUBSCRIPTIONS, { _id: 'silent', rid: 'main', t: 'c', u: { _id: 'u-ada', username: 'ada' } });
    await set(ROOMS, 'main', { usersCount: 1 });
    expect(await join(['ada', 'ada'], TEAM)).toEqual(['ada']);
    expect(await all(MEMBERS)).toMatchObject([{ teamId: 't1', userId: 'u-ada' }]);
    expect((await all(MESSAGES)).map(({ rid }) => rid)).toEqual(['auto', 'p-auto']);
    expect(await find(ROOMS, 'main')).toMatchObject({ usersCount: 1, msgs: 7 });
    expect(await insideOf('main')).toEqual(['ada']);
    expect(await insideOf('auto')).toEqual(['ada']);
    expect(await join(['ada'], TEAM)).toEqual([]);
  });

  it('gets nobody who is banned from its main room', async () => {
    await openTeam();
    const banned = { _id: 'silent', rid: 'main', t: 'c', status: 'BANNED' };
    await insert(SUBSCRIPTIONS, { ...banned, u: { _id: 'u-ada', username: 'ada' } });
    expect(await join(['ada'], TEAM)).toEqual([]);
    expect(await all(MEMBERS)).toEqual([]);
  });

  it('does not bring anybody into a room of it that has become another team’s, or is guarded', async () => {
    await openTeam();
    await set(ROOMS, 'auto', { teamId: 't2' });
    await set(ROOMS, 'p-auto', { abacAttributes: [{ key: 'a', values: ['b'] }] });
    await join(['ada'], TEAM);
    expect(await find('users', 'u-ada')).toMatchObject({ __rooms: ['main'] });
  });

  it('is not joined by a room that is no longer its main room', async () => {
    await openTeam();
    await set(ROOMS, 'main', { teamId: 't2' });
    expect(await join(['ada'], TEAM)).toEqual([]);
    expect([await all(SUBSCRIPTIONS), await all(MEMBERS)]).toEqual([[], []]);
  });

  it('brings who is given a room of it by a group into that room as the group does, and once', async () => {
    await openTeam();
    await write((rooms) =>
      rooms.join([
        { room: TEAM, userId: 'u-ada' },
        { room: toMapped('auto'), userId: 'u-ada' },
      ]),
    );
    expect((await all(MESSAGES, { rid: 'auto' })).map(({ t }) => t)).toEqual(['uj']);
    expect(await find(ROOMS, 'auto')).toMatchObject({ usersCount: 1, msgs: 8 });
  });
});

describe('a transaction', () => {
  it('of ten people and three rooms writes each room once', async () => {
    const names = Array.from({ length: 10 }, (_, index) => `p${index}`);
    await users(...names);
    for (const rid of ['c1', 'c2', 'c3']) await room(rid);
    const rooms = openCollection(database.connection(), ROOMS) as unknown as {
      updateOne: (...args: unknown[]) => Promise<unknown>;
    };
    const updateOne = jest.spyOn(rooms, 'updateOne');
    await write((writes) =>
      writes.join(
        ['c1', 'c2', 'c3'].flatMap((rid) =>
          names.map((name) => ({ room: toMapped(rid), userId: `u-${name}` })),
        ),
      ),
    );
    expect(updateOne).toHaveBeenCalledTimes(3);
    updateOne.mockRestore();
    for (const rid of ['c1', 'c2', 'c3']) {
      expect(await insideOf(rid)).toEqual(names);
      expect(await find(ROOMS, rid)).toMatchObject({ usersCount: 10, msgs: 17 });
    }
    expect(await find('users', 'u-p3')).toMatchObject({ __rooms: ['c1', 'c2', 'c3'] });
    expect(await all(MESSAGES)).toHaveLength(30);
  });

  it('that joins nobody writes nothing', async () => {
    await users('ada');
    await room('c1', ['ada']);
    const before = [await all(ROOMS), await all('users'), await all(SUBSCRIPTIONS)];
    expect(await join(['ada'], toMapped('c1'))).toEqual([]);
    expect([await all(ROOMS), await all('users'), await all(SUBSCRIPTIONS)]).toEqual(before);
  });

  it('meets somebody who lets a person in at the same moment as a conflict', async () => {
    await users('ada');
    await room('c1');
    const collection = openCollection(database.connection(), SUBSCRIPTIONS);
    const refused = Object.assign(new Error('E11000 duplicate key error'), { code: 11_000 });
    const spy = jest.spyOn(collection, 'insertMany').mockRejectedValueOnce(refused);
    await expect(join(['ada'], toMapped('c1'))).rejects.toBeInstanceOf(TransactionConflict);
    spy.mockRestore();
    expect([await all(SUBSCRIPTIONS), await all(MESSAGES)]).toEqual([[], []]);
  });

  it('counts once, however often its counts are written', async () => {
    await users('ada');
    await room('c1');
    await write(async (rooms) => {
      await rooms.join([{ room: toMapped('c1'), userId: 'u-ada' }]);
      await rooms.writeCounts();
    });
    expect(await find(ROOMS, 'c1')).toMatchObject({ usersCount: 1, msgs: 8 });
  });

  it.each([
    ['a list of rooms that is a text', { __rooms: 'c1' }],
    ['a name that is an object', { name: { first: 'Ada' } }],
    ['preferences that are a text', { settings: { preferences: 'all' } }],
    ['settings that are nothing', { settings: null }],
  ])('takes %s at a user', async (_what, fields) => {
    await users('ada');
    await set('users', 'u-ada', fields);
    await room('c1');
    expect(await join(['ada'], toMapped('c1'))).toEqual(['ada']);
    expect(await find('users', 'u-ada')).toMatchObject(fields);
  });
});
