import { findUnfinishedNames, followShownNames } from '../../../lib/sync/users/shown-names.js';
import type { Transact } from '../../../lib/sync/run/transaction.js';
import { PLACES, useConversations } from '../../setup/conversations.js';
import { countCommits, takeOver } from '../../setup/fenced-transactions.js';

const { all, collection, connection, find, follow, insert, meet, people, rename, talk } = useConversations();
const { rooms, subscriptions, messages, conferences, calls } = PLACES;
const LONG_AGO = new Date('2020-01-01T00:00:00Z');

/** The part of a change of display names that is done in `users`. */
async function call(...names: readonly (readonly [id: string, name: string])[]): Promise<void> {
  for (const [id, name] of names)
    await collection('users').updateOne(
      { _id: id },
      {
        $set: { name, 'ldapSync.namedFrom': 'x' },
        $addToSet: { 'ldapSync.unfinished': 'namedFrom' } as object,
      },
    );
}

/** Follows what is marked; gives the number of transactions. */
async function followNames(wrap: (transact: Transact) => Transact = (transact) => transact): Promise<number> {
  const transact = wrap(await takeOver(connection()));
  const before = await countCommits(connection());
  const { signal } = new AbortController();
  await followShownNames({ connection: connection(), transact, signal });
  return (await countCommits(connection())) - before;
}
const titles = async () => (await all(subscriptions)).map(({ name, fname }) => [name, fname]);

beforeEach(() => people('ada', 'bob', 'eve'));

describe('a new display name', () => {
  it('follows in conversations of two, of groups, and with oneself', async () => {
    await talk('d', { 'U-ada': 'ada', 'U-bob': 'bob' });
    await talk('g', { 'U-ada': 'ada', 'U-bob': 'bob', 'U-eve': 'eve' });
    await talk('s', { 'U-ada': 'ada' });
    await call(['U-ada', 'Zoe']);
    await followNames();
    expect(await titles()).toEqual([
      ['bob', 'The bob'],
      ['ada', 'Zoe'],
      ['bob,eve', 'The bob, The eve'],
      ['eve,ada', 'The eve, Zoe'],
      ['bob,ada', 'The bob, Zoe'],
      ['ada', 'Zoe'],
    ]);
  });

  it('follows in video conferences and in the list of calls, and touches what it writes', async () => {
    const [ada, bob] = ['ada', 'bob'].map((name) => ({
      _id: `U-${name}`,
      username: name,
      name: `The ${name}`,
    }));
    await insert(
      conferences,
      { _id: 'c1', createdBy: ada, endedBy: bob, users: [bob, ada], _updatedAt: LONG_AGO },
      { _id: 'c2', createdBy: bob, endedBy: ada, users: [], _updatedAt: LONG_AGO },
      { _id: 'c3', createdBy: bob, users: [bob], _updatedAt: LONG_AGO },
    );
    await insert(
      calls,
      { _id: 'h1', contactId: 'U-ada', contactName: 'The ada', contactUsername: 'ada' },
      { _id: 'h2', contactId: 'U-ada' },
      { _id: 'h3', contactId: 'U-bob', contactName: 'The ada' },
    );
    await call(['U-ada', 'Countess']);
    await followNames();
    const countess = { ...ada, name: 'Countess' };
    expect(await all(conferences)).toEqual([
      { _id: 'c1', createdBy: countess, endedBy: bob, users: [bob, countess], _updatedAt: expect.any(Date) },
      { _id: 'c2', createdBy: bob, endedBy: countess, users: [], _updatedAt: expect.any(Date) },
      { _id: 'c3', createdBy: bob, users: [bob], _updatedAt: LONG_AGO },
    ]);
    expect((await find(conferences, 'c1'))?._updatedAt).not.toEqual(LONG_AGO);
    expect((await all(calls)).map(({ contactName }) => contactName)).toEqual([
      'Countess',
      undefined,
      'The ada',
    ]);
  });

  it('stays as it was in messages, channels and their subscriptions, as in Rocket.Chat', async () => {
    const u = { _id: 'U-ada', username: 'ada', name: 'The ada' };
    await insert(messages, { _id: 'm', u, msg: 'hello' });
    await meet('c', { 'U-ada': 'ada' }, { u });
    const before = [await all(messages), await all(rooms), await all(subscriptions)];
    await call(['U-ada', 'Countess']);
    await followNames();
    expect([await all(messages), await all(rooms), await all(subscriptions)]).toEqual(before);
  });

  it('does no harm to documents of odd types', async () => {
    const users = [null, 7, { _id: 7 }, { _id: 'U-ada', name: 7 }];
    await insert(conferences, { _id: 'c1', createdBy: 'U-ada', endedBy: null, users });
    await insert(conferences, { _id: 'c2', createdBy: { _id: 'U-ada' }, users: { _id: 'U-ada' } });
    await insert(calls, { _id: 'h1', contactId: 'U-ada', contactName: 7 });
    await call(['U-ada', 'Countess']);
    await followNames();
    expect(await find(conferences, 'c1')).toMatchObject({
      createdBy: 'U-ada',
      users: [null, 7, { _id: 7 }, { _id: 'U-ada', name: 'Countess' }],
    });
    expect(await find(conferences, 'c2')).toMatchObject({ createdBy: { name: 'Countess' } });
    expect(await find(calls, 'h1')).toEqual({ _id: 'h1', contactId: 'U-ada', contactName: 7 });
  });
});

describe('following display names', () => {
  it('goes with many users in one transaction, and takes their notes away with it', async () => {
    const ids = Array.from({ length: 50 }, (_, n) => `n${n}`);
    await people(...ids);
    for (const id of ids) await talk(`r-${id}`, { [`U-${id}`]: id, 'U-bob': 'bob' });
    await call(...ids.map((id) => [`U-${id}`, `New ${id}`] as const));
    await collection('users').updateOne({ _id: 'U-n0' }, { $set: { 'ldapSync.photo': 'x' } as object });
    // Fifty rooms with two subscriptions each, at most a hundred documents at once; then the notes.
    expect(await followNames()).toBe(3);
    expect(await find(subscriptions, 'r-n7/U-bob')).toMatchObject({ name: 'n7', fname: 'New n7' });
    expect((await find('users', 'U-n0'))?.ldapSync).toEqual({ photo: 'x' });
    expect(await find('users', 'U-n1')).not.toHaveProperty('ldapSync');
  });

  it('that is killed is done by the next run', async () => {
    await talk('d', { 'U-ada': 'ada', 'U-bob': 'bob' });
    await call(['U-ada', 'Zoe']);
    const dying = followNames(
      (transact) => (work) => transact(work).then(() => Promise.reject(new Error('killed'))),
    );
    await expect(dying).rejects.toThrow('killed');
    expect(await findUnfinishedNames(connection())).toEqual(['U-ada']);
    await followNames();
    expect(await findUnfinishedNames(connection())).toEqual([]);
    expect(await find(subscriptions, 'd/U-bob')).toMatchObject({ fname: 'Zoe' });
  });

  it('leaves somebody who gets yet another name meanwhile to the next run', async () => {
    await talk('d', { 'U-ada': 'ada', 'U-bob': 'bob' });
    await call(['U-ada', 'Zoe']);
    await followNames((transact) => async (work) => {
      await transact(work);
      await collection('users').updateOne({ _id: 'U-ada' }, { $set: { name: 'Zora' } as object });
    });
    expect(await findUnfinishedNames(connection())).toEqual(['U-ada']);
    await followNames();
    expect(await find(subscriptions, 'd/U-bob')).toMatchObject({ fname: 'Zora' });
    expect(await findUnfinishedNames(connection())).toEqual([]);
  });

  it('forgets somebody without a user name, who talks to nobody', async () => {
    await insert('users', {
      _id: 'U-x',
      name: 'New',
      ldapSync: { namedFrom: 'Old', unfinished: ['namedFrom'] },
    });
    await followNames();
    expect(await find('users', 'U-x')).toEqual({ _id: 'U-x', name: 'New' });
  });

  it('writes nothing when another host has taken over', async () => {
    await talk('d', { 'U-ada': 'ada', 'U-bob': 'bob' });
    await call(['U-ada', 'Zoe']);
    const slept = await takeOver(connection());
    await expect(followNames(() => slept)).rejects.toThrow('fenced off');
    expect(await find(subscriptions, 'd/U-bob')).toMatchObject({ fname: 'The ada' });
  });

  it('comes together with a new user name', async () => {
    await talk('g', { 'U-ada': 'ada', 'U-bob': 'bob', 'U-eve': 'eve' });
    await rename(['U-ada', 'ada', 'zed']);
    await call(['U-ada', 'Zed']);
    await follow('U-ada');
    expect((await find('users', 'U-ada'))?.ldapSync).toEqual({ namedFrom: 'x', unfinished: ['namedFrom'] });
    await followNames();
    expect(await titles()).toContainEqual(['bob,zed', 'The bob, Zed']);
    expect(await find('users', 'U-ada')).not.toHaveProperty('ldapSync');
  });
});
