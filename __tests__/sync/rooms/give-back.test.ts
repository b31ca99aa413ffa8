import {
  LONG_AGO,
  MEMBERS,
  MESSAGES,
  NOW,
  ROOMS,
  SUBSCRIPTIONS,
  TRASH,
  useRoomDatabase,
  type Document,
} from '../../setup/room-database.js';
import { openCollection } from '../../../models/database.js';

const database = useRoomDatabase();
const { all, find, insert, room, set, users, write } = database;

const ADA = { rid: 'c1', userId: 'u-ada' };
const leave = (rid = 'c1') => write((rooms) => rooms.leave([{ ...ADA, rid }]));
const giveBack = (rid = 'c1', manner: Parameters<typeof write>[1] = {}) =>
  write((rooms) => rooms.giveBack({ ...ADA, rid, subscriptionId: `${rid}/ada` }), manner);
const remove = (name: string, _id: string) => openCollection(database.connection(), name).deleteOne({ _id });
const withoutTimes = (documents: readonly Document[]): readonly Document[] =>
  documents.map(({ _updatedAt, msgs: _msgs, ...document }) => document);

/** A room with ada in it, who has not read everything. */
async function open(fields: Document = {}): Promise<void> {
  await users('ada', 'bob');
  await room('c1', ['ada:moderator', 'bob:owner'], fields);
  await set(SUBSCRIPTIONS, 'c1/ada', { unread: 4, alert: true, tunread: ['m'], f: true, E2EKey: 'k' });
  await set('users', 'u-ada', { __rooms: ['c1'], roomRolePriorities: { c1: 500 } });
}

describe('giving back', () => {
  it('makes everything as it was, with unread state and roles', async () => {
    await open();
    const state = async () =>
      withoutTimes([...(await all(SUBSCRIPTIONS)), ...(await all(ROOMS)), ...(await all('users'))]);
    const before = await state();
    await leave();
    expect(await giveBack()).toBe('back');
    expect(await state()).toEqual(before);
    expect(await all(TRASH)).toEqual([]);
    expect(await find(SUBSCRIPTIONS, 'c1/ada')).toMatchObject({ _updatedAt: NOW });
    expect((await all(MESSAGES)).map(({ t, msg }) => [t, msg])).toEqual([
      ['ul', 'ada'],
      ['uj', 'ada'],
    ]);
    expect(await find(ROOMS, 'c1')).toMatchObject({ usersCount: 2, msgs: 9 });
  });

  it('shows what the room and the user are called now', async () => {
    await open();
    await leave();
    await set(ROOMS, 'c1', { name: 'new', fname: 'New', t: 'p' });
    await set(TRASH, 'c1/ada', { fname: 'Old', 'u.name': 'Ada' });
    await set('users', 'u-ada', { username: 'ada.l', name: 'Ada L' });
    await giveBack();
    expect(await find(SUBSCRIPTIONS, 'c1/ada')).toMatchObject({
      name: 'new',
      fname: 'New',
      t: 'p',
      u: { _id: 'u-ada', username: 'ada.l', name: 'Ada L' },
      roles: ['moderator'],
    });
  });

  it('gives the membership in a team back with its roles, or a plain one', async () => {
    await open({ teamId: 't1', teamMain: true });
    const member = { _id: 'm', teamId: 't1', userId: 'u-ada', roles: ['owner'], createdAt: LONG_AGO };
    await insert(MEMBERS, member);
    await leave();
    await giveBack();
    expect(await all(MEMBERS)).toEqual([{ ...member, _updatedAt: NOW }]);
    expect(await all(TRASH)).toEqual([]);
    expect((await all(MESSAGES)).map(({ t }) => t)).toEqual(['ult', 'added-user-to-team']);

    await leave();
    await remove(TRASH, 'm');
    await giveBack();
    expect(await all(MEMBERS)).toEqual([expect.objectContaining({ teamId: 't1', userId: 'u-ada' })]);
    expect((await all(MEMBERS))[0]).not.toHaveProperty('roles');
  });

  it('gives back the membership in a team alone where the user had no subscription of the main room', async () => {
    await users('ada', 'bob');
    await room('main', [], { teamId: 't1', teamMain: true });
    const member = { _id: 'm', teamId: 't1', userId: 'u-ada', roles: ['owner'], createdAt: LONG_AGO };
    await insert(MEMBERS, member, { _id: 'n', teamId: 't1', userId: 'u-bob', roles: ['owner'] });
    const place = { rid: 'main', userId: 'u-ada', teamId: 't1' };
    const alone = () => write((rooms) => rooms.giveBack(place));
    expect(await alone()).toBe('inside');
    await write((rooms) => rooms.leave([place]));
    expect(await alone()).toBe('back');
    expect(await all(MEMBERS, { _id: 'm' })).toEqual([{ ...member, _updatedAt: NOW }]);
    expect([await all(SUBSCRIPTIONS), await all(MESSAGES), await all(TRASH)]).toEqual([[], [], []]);
    await write((rooms) => rooms.leave([place]));
    await set(ROOMS, 'main', { teamId: 't2' });
    expect(await alone()).toBe('gone');
    await set(ROOMS, 'main', { teamId: 't1', teamMain: false });
    expect(await alone()).toBe('gone');
  });

  it('lets only who has no key of an encrypted room wait for it', async () => {
    await open({ encrypted: true });
    await set('users', 'u-ada', { e2e: { public_key: '{}' } });
    await leave();
    await giveBack('c1', { usesEncryption: true });
    expect(await find(ROOMS, 'c1')).not.toHaveProperty('usersWaitingForE2EKeys');
    await openCollection(database.connection(), SUBSCRIPTIONS).updateOne({ _id: 'c1/ada' }, {
      $unset: { E2EKey: '' },
    } as object);
    await leave();
    await giveBack('c1', { usesEncryption: true });
    expect(await find(ROOMS, 'c1')).toMatchObject({
      usersWaitingForE2EKeys: [{ userId: 'u-ada', ts: NOW }],
    });
  });

  it.each<[string, () => Promise<unknown>]>([
    ['the trash has it no more', () => remove(TRASH, 'c1/ada')],
    ['the room is gone', () => remove(ROOMS, 'c1')],
    ['the user is gone', () => remove('users', 'u-ada')],
    [
      'ABAC guards the room by now',
      () => set(ROOMS, 'c1', { abacAttributes: [{ key: 'a', values: ['b'] }] }),
    ],
    ['the trash has it of somebody else', () => set(TRASH, 'c1/ada', { u: { _id: 'u-bob' } })],
    ['the trash has it of another room', () => set(TRASH, 'c1/ada', { rid: 'c2' })],
    ['the trash has something else there', () => set(TRASH, 'c1/ada', { __collection__: 'message' })],
  ])('says that it is gone when %s, and writes nothing', async (_what, meanwhile) => {
    await open();
    await leave();
    await meanwhile();
    const before = [await all(ROOMS), await all('users'), await all(SUBSCRIPTIONS), await all(MESSAGES)];
    expect(await giveBack()).toBe('gone');
    expect([await all(ROOMS), await all('users'), await all(SUBSCRIPTIONS), await all(MESSAGES)]).toEqual(
      before,
    );
  });

  it.each([
    ['inside again', {}],
    ['banned meanwhile', { status: 'BANNED' }],
  ])('leaves who is %s', async (_what, fields) => {
    await open();
    await leave();
    await insert(SUBSCRIPTIONS, { _id: 'other', rid: 'c1', u: { _id: 'u-ada' }, ...fields });
    expect(await giveBack()).toBe('inside');
    expect(await find(SUBSCRIPTIONS, 'c1/ada')).toBeNull();
    expect(await all(TRASH)).toHaveLength(1);
  });

  it('is possible twice in one transaction for two people, and writes the room once', async () => {
    await open();
    await set(SUBSCRIPTIONS, 'c1/bob', { roles: [] });
    await write((rooms) => rooms.leave([ADA, { rid: 'c1', userId: 'u-bob' }]));
    const collection = openCollection(database.connection(), ROOMS);
    const updateOne = jest.spyOn(collection, 'updateOne');
    const results = await write(async (rooms) => [
      await rooms.giveBack({ ...ADA, subscriptionId: 'c1/ada' }),
      await rooms.giveBack({ rid: 'c1', userId: 'u-bob', subscriptionId: 'c1/bob' }),
    ]);
    expect(updateOne).toHaveBeenCalledTimes(1);
    updateOne.mockRestore();
    expect(results).toEqual(['back', 'back']);
    expect(await find(ROOMS, 'c1')).toMatchObject({ usersCount: 2 });
  });

  it('counts nothing in a room whose counts are no numbers', async () => {
    await open();
    await leave();
    await set(ROOMS, 'c1', { usersCount: 'many' });
    expect(await giveBack()).toBe('back');
    expect(await find(ROOMS, 'c1')).toMatchObject({ usersCount: 'many', msgs: 9 });
  });
});
