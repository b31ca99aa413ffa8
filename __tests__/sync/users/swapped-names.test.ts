import { PLACES, useConversations } from '../../setup/conversations.js';

const { all, collection, find, follow, followUntilKilled, insert, meet, people, rename, talk } =
  useConversations();
const { rooms, subscriptions, messages } = PLACES;

const MEMBERS = { 'U-ada': 'ada', 'U-bob': 'bob', 'U-eve': 'eve' };
const swap = () => rename(['U-ada', 'ada', 'bob'], ['U-bob', 'bob', 'ada']);
const members = async () =>
  (await all(subscriptions)).map(({ u }) => {
    const { _id, username } = u as { _id: string; username: string };
    return `${_id} ${username}`;
  });

beforeEach(() => people('ada', 'bob', 'eve'));

describe('two people who swap their names', () => {
  it.each([
    ['the one', ['U-ada', 'U-bob']],
    ['the other', ['U-bob', 'U-ada']],
  ])('have each other’s names in their conversation, %s followed first', async (_who, order) => {
    await talk('r1', { 'U-ada': 'ada', 'U-bob': 'bob' });
    await swap();
    await follow(...order);
    expect(await find(rooms, 'r1')).toMatchObject({ usernames: ['ada', 'bob'] });
    expect(await find(subscriptions, 'r1/U-ada')).toMatchObject({
      name: 'ada',
      fname: 'The bob',
      u: { username: 'bob' },
    });
    expect(await find(subscriptions, 'r1/U-bob')).toMatchObject({
      name: 'bob',
      fname: 'The ada',
      u: { username: 'ada' },
    });
  });

  it.each([
    ['the one is muted', ['ada'], ['U-ada', 'U-bob'], ['bob']],
    ['the one is muted and followed last', ['ada'], ['U-bob', 'U-ada'], ['bob']],
    ['the other is muted', ['bob'], ['U-ada', 'U-bob'], ['ada']],
    ['the other is muted and followed last', ['bob'], ['U-bob', 'U-ada'], ['ada']],
    ['both are muted', ['eve', 'ada', 'bob'], ['U-ada', 'U-bob'], ['eve', 'bob', 'ada']],
    ['nobody is muted', ['eve'], ['U-ada', 'U-bob'], ['eve']],
  ])('stay as silent in their shared room as they were: %s', async (_who, before, order, after) => {
    await meet('c1', MEMBERS, { muted: before, unmuted: before });
    await swap();
    await follow(...order);
    expect(await find(rooms, 'c1')).toMatchObject({ muted: after, unmuted: after });
    expect(await members()).toEqual(['U-ada bob', 'U-bob ada', 'U-eve eve']);
  });

  it.each([1, 2, 3, 4])('stay so when following is killed in transaction %d and done again', async (n) => {
    await meet('c1', MEMBERS, { muted: ['ada'] });
    await talk('r1', { 'U-ada': 'ada', 'U-bob': 'bob' });
    await insert(messages, { _id: 'm1', msg: 'hi', u: { _id: 'U-ada', username: 'ada' } });
    await swap();
    await followUntilKilled('U-ada', n);
    await follow('U-bob', 'U-ada');
    expect(await find(rooms, 'c1')).toMatchObject({ muted: ['bob'] });
    expect(await find(subscriptions, 'r1/U-bob')).toMatchObject({ name: 'bob' });
    expect(await find(messages, 'm1')).toMatchObject({ u: { username: 'bob' } });
  });

  it('have their shared room written once', async () => {
    await meet('c1', MEMBERS, { muted: ['ada'] });
    await swap();
    await follow('U-ada');
    const room = await find(rooms, 'c1');
    await follow('U-bob');
    expect(await find(rooms, 'c1')).toEqual(room);
  });

  it('stay mentioned as themselves', async () => {
    const mentions = [
      { _id: 'U-ada', username: 'ada', name: 'The ada', type: 'user' },
      { _id: 'U-bob', username: 'bob' },
    ];
    await insert(messages, { _id: 'm1', msg: '@ada is not @bob', mentions, md: [{ type: 'PARAGRAPH' }] });
    await swap();
    await follow('U-ada', 'U-bob');
    expect(await find(messages, 'm1')).toEqual({
      _updatedAt: expect.any(Date) as Date,
      _id: 'm1',
      msg: '@bob is not @ada',
      mentions: [
        { _id: 'U-ada', username: 'bob', name: 'The ada', type: 'user' },
        { _id: 'U-bob', username: 'ada' },
      ],
    });
  });
});

describe('a mention', () => {
  const mention = (text: string, ...others: readonly object[]) =>
    insert(messages, { _id: 'm1', msg: text, mentions: [{ _id: 'U-ada', username: 'ada' }, ...others] });

  it.each([
    ['@ada', '@countess'],
    ['hi @ADA, (@ada) and *@ada*.', 'hi @countess, (@countess) and *@countess*.'],
    ['@ada: look. And @ada.', '@countess: look. And @countess.'],
    ['_@ada_', '_@countess_'],
    ['@adam @ada.b @ada-b @ada_b @ada:server', '@adam @ada.b @ada-b @ada_b @ada:server'],
    ['x@ada.example and x@ada', 'x@ada.example and x@ada'],
    ['ada', 'ada'],
  ])('%s of a renamed user becomes %s', async (before, after) => {
    await mention(before);
    await rename(['U-ada', 'ada', 'countess']);
    await follow('U-ada');
    expect(await find(messages, 'm1')).toMatchObject({ msg: after, mentions: [{ username: 'countess' }] });
  });

  it('of somebody else whose name begins alike, and of everybody, stays', async () => {
    await mention(
      '@ada_ @ada @Eve @all @ x',
      { _id: 'all', username: 'all' },
      { _id: 'U-x', username: 'ada_' },
      { _id: 'U-bob', username: '' },
      {
        _id: 'U-eve',
        username: 'eve',
      },
    );
    await rename(['U-ada', 'ada', 'countess']);
    await follow('U-ada');
    expect(await find(messages, 'm1')).toMatchObject({ msg: '@ada_ @countess @Eve @all @ x' });
  });

  it('by a name with signs that mean something in an expression, or in a replacement, is replaced', async () => {
    await insert(messages, {
      _id: 'm1',
      msg: '@a.(b+ and @axb',
      mentions: [{ _id: 'U-ada', username: 'a.(b+' }],
    });
    await rename(['U-ada', 'a.(b+', "$&$1$'"]);
    await follow('U-ada');
    expect(await find(messages, 'm1')).toMatchObject({ msg: "@$&$1$' and @axb" });
  });

  it('whose user has the name already is not touched, nor is one of a namesake', async () => {
    await insert(messages, { _id: 'm1', msg: '@ada', mentions: [{ _id: 'U-ada', username: 'countess' }] });
    await insert(messages, { _id: 'm2', msg: '@ada', mentions: [{ _id: 'U-other', username: 'ada' }] });
    await rename(['U-ada', 'ada', 'countess']);
    const before = await all(messages);
    await follow('U-ada');
    expect(await all(messages)).toEqual(before);
  });
});

describe('a muted person', () => {
  it('stays muted under the new name, and whoever may speak under the new name still may', async () => {
    await meet('c1', MEMBERS, { muted: ['eve', 'ada'] });
    await meet('c2', MEMBERS, { unmuted: ['ada'], ro: true });
    await meet('c3', MEMBERS, { muted: ['bob'] });
    await rename(['U-ada', 'ada', 'countess']);
    await follow('U-ada');
    expect(await find(rooms, 'c1')).toMatchObject({ muted: ['eve', 'countess'] });
    expect(await find(rooms, 'c2')).toMatchObject({ unmuted: ['countess'] });
    expect(await find(rooms, 'c3')).toEqual({ _id: 'c3', t: 'c', name: 'c3', muted: ['bob'] });
  });

  it('stays muted when three people pass their names on in a circle, in whatever order', async () => {
    await meet('c1', MEMBERS, { muted: ['ada', 'bob'] });
    await rename(['U-ada', 'ada', 'bob'], ['U-bob', 'bob', 'eve'], ['U-eve', 'eve', 'ada']);
    await follow('U-eve', 'U-ada', 'U-bob');
    expect(await find(rooms, 'c1')).toMatchObject({ muted: ['bob', 'eve'] });
    expect(await members()).toEqual(['U-ada bob', 'U-bob eve', 'U-eve ada']);
  });

  it('is not whoever takes the name of a muted person', async () => {
    await meet('c1', MEMBERS, { muted: ['ada'] });
    await rename(['U-ada', 'ada', 'countess'], ['U-bob', 'bob', 'ada']);
    await follow('U-bob');
    const room = await find(rooms, 'c1');
    expect(room).toMatchObject({ muted: ['countess'] });
    await follow('U-ada');
    expect(await find(rooms, 'c1')).toEqual(room);
    expect(await collection('users').countDocuments({ ldapSync: { $exists: true } })).toBe(0);
  });
});
