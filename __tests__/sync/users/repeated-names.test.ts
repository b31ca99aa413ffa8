import { createIndexes } from '../../../lib/sync/indexes.js';
import { findUnfinishedRenames, followRename } from '../../../lib/sync/users/repeated-names.js';
import { PLACES, useConversations } from '../../setup/conversations.js';
import { takeOver } from '../../setup/fenced-transactions.js';

const { all, collection, connection, find, follow, followUntilKilled, insert, people, rename, talk } =
  useConversations();
const { rooms, subscriptions, messages, agents, conferences } = PLACES;

const LONG_AGO = new Date('2020-01-01T00:00:00Z');
const by = (n: number, id: string, username: string) => ({
  _id: `m${String(n).padStart(5, '0')}`,
  msg: 'hello',
  u: { _id: id, username, name: 'Somebody' },
  _updatedAt: LONG_AGO,
});
const authors = async () =>
  new Set((await all(messages)).map(({ u }) => Object.values(u as object).join(' ')));

describe('a new user name', () => {
  beforeEach(() => people('ada', 'bob', 'eve'));

  it.each<[string, string, object, object]>([
    ['messages', messages, { u: 'ada' }, { u: 'countess' }],
    ['edited messages', messages, { editedBy: 'ada', u: 'bob' }, { editedBy: 'countess', u: 'bob' }],
    ['rooms', rooms, { u: 'ada', t: 'c' }, { u: 'countess', t: 'c' }],
    ['the last messages of rooms', rooms, { lastMessage: { u: 'ada' } }, { lastMessage: { u: 'countess' } }],
    ['subscriptions', subscriptions, { u: 'ada', name: 'x' }, { u: 'countess', name: 'x' }],
    ['video conferences', conferences, { createdBy: 'ada' }, { createdBy: 'countess' }],
    [
      'their ends',
      conferences,
      { endedBy: 'ada', createdBy: 'bob' },
      { endedBy: 'countess', createdBy: 'bob' },
    ],
    ['their people', conferences, { users: ['bob', 'ada'] }, { users: ['bob', 'countess'] }],
  ])('follows in %s', async (_where, place, before, after) => {
    await rename(['U-ada', 'ada', 'countess']);
    await insert(place, { _id: 'it', ...(withIds(before) as object), _updatedAt: LONG_AGO });
    await insert(place, { _id: 'not', ...(withIds(before, 'Somebody-') as object), _updatedAt: LONG_AGO });
    await follow('U-ada');
    const { _updatedAt, ...found } = (await find(place, 'it')) ?? {};
    expect(found).toEqual({ _id: 'it', ...(withIds(after) as object) });
    // Clients ask for what has changed.
    expect(_updatedAt).not.toEqual(LONG_AGO);
    expect(await find(place, 'not')).toEqual({
      _id: 'not',
      ...(withIds(before, 'Somebody-') as object),
      _updatedAt: LONG_AGO,
    });
  });

  it('follows in the departments of an agent', async () => {
    await rename(['U-ada', 'ada', 'countess']);
    await insert(agents, { _id: 'a1', agentId: 'U-ada', username: 'ada' });
    await insert(agents, { _id: 'a2', agentId: 'U-bob', username: 'ada' });
    await follow('U-ada');
    expect((await all(agents)).map(({ username }) => username)).toEqual(['countess', 'ada']);
  });

  it('follows in conversations: the room’s names keep their places, the other reads the new title', async () => {
    await talk('r1', { 'U-bob': 'bob', 'U-ada': 'ada' });
    await rename(['U-ada', 'ada', 'countess']);
    await follow('U-ada');
    expect(await find(rooms, 'r1')).toMatchObject({
      usernames: ['bob', 'countess'],
      uids: ['U-ada', 'U-bob'],
    });
    expect(await find(subscriptions, 'r1/U-bob')).toMatchObject({ name: 'countess', fname: 'The ada' });
    expect(await find(subscriptions, 'r1/U-ada')).toMatchObject({
      name: 'bob',
      fname: 'The bob',
      u: { username: 'countess' },
    });
  });

  it('is the title of the conversation with somebody who has no display name, and of one with oneself', async () => {
    await collection('users').updateOne({ _id: 'U-ada' }, { $unset: { name: '' } });
    await talk('r1', { 'U-ada': 'ada', 'U-bob': 'bob' });
    await talk('r2', { 'U-ada': 'ada' });
    await rename(['U-ada', 'ada', 'countess']);
    await follow('U-ada');
    expect(await find(subscriptions, 'r1/U-bob')).toMatchObject({ name: 'countess', fname: 'countess' });
    expect(await find(subscriptions, 'r2/U-ada')).toMatchObject({ name: 'countess', fname: 'countess' });
    expect(await find(rooms, 'r2')).toMatchObject({ usernames: ['countess'] });
  });

  it('follows in groups: everybody reads the others’ names, sorted by what is shown', async () => {
    await talk('g', { 'U-ada': 'ada', 'U-bob': 'bob', 'U-eve': 'eve' });
    await rename(['U-ada', 'ada', 'zed']);
    await collection('users').updateOne({ _id: 'U-ada' }, { $set: { name: 'Zed' } as object });
    await follow('U-ada');
    const titles = (await all(subscriptions)).map(({ name, fname }) => [name, fname]);
    expect(titles).toEqual([
      ['bob,eve', 'The bob, The eve'],
      ['eve,zed', 'The eve, Zed'],
      ['bob,zed', 'The bob, Zed'],
    ]);
  });

  it('leaves the name of a deleted member in a conversation, and takes the place of the former name', async () => {
    await talk('g', { 'U-gone': 'gone', 'U-ada': 'ada', 'U-bob': 'bob' });
    await talk('r', { 'U-gone': 'gone', 'U-ada': 'ada' });
    await rename(['U-ada', 'ada', 'countess']);
    await follow('U-ada');
    expect(await find(rooms, 'g')).toMatchObject({ usernames: ['gone', 'countess', 'bob'] });
    expect(await find(subscriptions, 'r/U-ada')).toMatchObject({ name: 'gone', fname: 'The gone' });
  });

  it('is not written where it is already, and nothing is written twice', async () => {
    await talk('r1', { 'U-ada': 'countess', 'U-bob': 'bob' });
    await insert(messages, by(1, 'U-ada', 'countess'));
    await rename(['U-ada', 'ada', 'countess']);
    await collection(subscriptions).updateOne({ _id: 'r1/U-bob' }, { $set: { fname: 'The ada' } as object });
    const before = [await all(rooms), await all(subscriptions), await all(messages)];
    await follow('U-ada');
    expect([await all(rooms), await all(subscriptions), await all(messages)]).toEqual(before);
  });

  it('does no harm to documents of odd types', async () => {
    await rename(['U-ada', 'ada', 'countess']);
    await insert(rooms, { _id: 'r1', t: 'd', uids: 'U-ada', usernames: 'ada' });
    await insert(rooms, {
      _id: 'r2',
      t: 'd',
      uids: ['U-ada', 7, null],
      usernames: [null, 'ada'],
      muted: 'ada',
    });
    await insert(subscriptions, { _id: 's1', rid: 'r2', t: 'd' });
    await insert(subscriptions, { _id: 's2', rid: 'r2', t: 'd', u: { _id: 'U-ada', username: 7 } });
    await insert(messages, { _id: 'm1', mentions: [null, 7, { _id: 'U-ada', username: 'ada' }], msg: 7 });
    await follow('U-ada');
    expect(await find(rooms, 'r2')).toMatchObject({ usernames: [null, 'countess'], muted: 'ada' });
    expect(await find(messages, 'm1')).toMatchObject({ mentions: [null, 7, { username: 'countess' }] });
    expect(await find(subscriptions, 's2')).toMatchObject({ u: { username: 'countess' } });
  });
});

describe('following a renaming', () => {
  beforeEach(() => people('ada', 'bob'));
  const renamedFrom = async () => (await find('users', 'U-ada'))?.ldapSync;
  const many = (count: number) =>
    insert(messages, ...Array.from({ length: count }, (_, n) => by(n, 'U-ada', 'ada')));

  it('writes a hundred documents in a transaction, and takes its note away with the last one', async () => {
    await many(2_050);
    await rename(['U-ada', 'ada', 'countess']);
    expect(await follow('U-ada')).toBe(22);
    expect(await authors()).toEqual(new Set(['U-ada countess Somebody']));
    expect(await find('users', 'U-ada')).not.toHaveProperty('ldapSync');
  });

  it('counts the subscriptions of a group as documents of its transaction', async () => {
    const group = {
      'U-ada': 'ada',
      ...Object.fromEntries(Array.from({ length: 23 }, (_, n) => [`U${n}`, `u${n}`])),
    };
    for (let n = 0; n < 5; n += 1) await talk(`g${n}`, group);
    await rename(['U-ada', 'ada', 'countess']);
    // Own subscriptions, two for the groups of 25 documents each, and the end.
    expect(await follow('U-ada')).toBe(4);
  });

  it('keeps the other notes of the user', async () => {
    await rename(['U-ada', 'ada', 'countess']);
    await collection('users').updateOne({ _id: 'U-ada' }, { $set: { 'ldapSync.photo': 'x' } as object });
    await follow('U-ada');
    expect(await renamedFrom()).toEqual({ photo: 'x' });
  });

  it.each([1, 2, 3, 4])('that is killed in transaction %d is done by the next run', async (n) => {
    await many(250);
    await rename(['U-ada', 'ada', 'countess']);
    await followUntilKilled('U-ada', n);
    expect(await findUnfinishedRenames(connection())).toEqual(['U-ada']);
    const done = (await all(messages)).filter(({ u }) => (u as { username: string }).username !== 'ada');
    expect(done).toHaveLength(Math.min(100 * (n - 1), 250));
    await follow('U-ada');
    expect(await authors()).toEqual(new Set(['U-ada countess Somebody']));
    expect(await findUnfinishedRenames(connection())).toEqual([]);
  });

  it('carries a second renaming through where the first was killed in the middle', async () => {
    await many(250);
    await talk('r1', { 'U-ada': 'ada', 'U-bob': 'bob' });
    await rename(['U-ada', 'ada', 'countess']);
    await followUntilKilled('U-ada', 4);
    await rename(['U-ada', 'ada', 'lovelace']);
    await follow('U-ada');
    expect(await authors()).toEqual(new Set(['U-ada lovelace Somebody']));
    expect(await find(rooms, 'r1')).toMatchObject({ usernames: ['lovelace', 'bob'] });
  });

  it('follows the newest name of somebody who is renamed meanwhile', async () => {
    await many(150);
    await rename(['U-ada', 'ada', 'countess']);
    const transact = await takeOver(connection());
    let count = 0;
    await followRename('U-ada', {
      connection: connection(),
      signal: new AbortController().signal,
      transact: async (work) => {
        await transact(work);
        count += 1;
        if (count === 1) await rename(['U-ada', 'ada', 'lovelace']);
      },
    });
    expect(await authors()).toEqual(new Set(['U-ada lovelace Somebody']));
    expect(await renamedFrom()).toBeUndefined();
    // The second hundred got the newest name at once.
    expect(count).toBe(5);
  });

  it('ends between two transactions when the run ends', async () => {
    await many(250);
    await rename(['U-ada', 'ada', 'countess']);
    const transact = await takeOver(connection());
    const run = new AbortController();
    const following = followRename('U-ada', {
      connection: connection(),
      signal: run.signal,
      transact: async (work) => {
        await transact(work);
        run.abort(new Error('the run was cancelled'));
      },
    });
    await expect(following).rejects.toThrow('the run was cancelled');
    expect(await authors()).toEqual(new Set(['U-ada countess Somebody', 'U-ada ada Somebody']));
    expect(await renamedFrom()).toEqual({ renamedFrom: 'ada', unfinished: ['renamedFrom'] });
  });

  it('writes nothing when another host has taken over', async () => {
    await many(1);
    await rename(['U-ada', 'ada', 'countess']);
    const slept = await takeOver(connection());
    await takeOver(connection());
    const { signal } = new AbortController();
    const following = followRename('U-ada', { connection: connection(), transact: slept, signal });
    await expect(following).rejects.toThrow('fenced off');
    expect(await authors()).toEqual(new Set(['U-ada ada Somebody']));
  });

  it('does nothing for a user who is gone', async () => {
    await insert(messages, by(1, 'U-gone', 'gone'));
    expect(await follow('U-gone')).toBe(0);
  });

  it('finds those that are unfinished with and without the index', async () => {
    await rename(['U-bob', 'bob', 'robert']);
    expect(await findUnfinishedRenames(connection())).toEqual(['U-bob']);
    expect(await createIndexes(connection(), { keepsAvatars: true }).ensure()).toEqual([]);
    expect(await findUnfinishedRenames(connection())).toEqual(['U-bob']);
    expect((await collection('users').indexes()).map(({ key }) => key)).toContainEqual({
      'ldapSync.unfinished': 1,
    });
  });
});

const PEOPLE_FIELDS = new Set(['u', 'editedBy', 'createdBy', 'endedBy', 'users']);

/** Gives names their ids: `{ u: 'ada' }` is `{ u: { _id: 'U-ada', username: 'ada' } }`. */
function withIds(value: unknown, prefix = 'U-', field = ''): unknown {
  const ids: Record<string, string> = { countess: 'ada' };
  if (Array.isArray(value)) return value.map((item) => withIds(item, prefix, field));
  if (typeof value === 'string')
    return PEOPLE_FIELDS.has(field) ? { _id: `${prefix}${ids[value] ?? value}`, username: value } : value;
  return Object.fromEntries(
    Object.entries(value as object).map(([key, item]) => [key, withIds(item, prefix, key)]),
  );
}
