import { HAND_OVER } from '../../lib/sync/users/switching/hand-over.js';
import { createChatRooms, ROOMS, SUBSCRIPTIONS, TOKENS } from '../setup/chat-rooms.js';
import { takeOver } from '../setup/fenced-transactions.js';
import { many, toPerson, useHistories } from '../setup/histories.js';
import { removals } from '../setup/interventions.js';

const histories = useHistories();
const { collection, killAt, revert, set, sync, user } = histories;
const { all, find, id, insert, issueTokens, meet, talk } = createChatRooms(histories);

const SETTINGS = {
  LDAP_Background_Sync_Disable_Missing_Users: true,
  LDAP_Guard_Always_Allowed: 1_000,
  LDAP_Sync_User_Active_State: 'both',
};
const OTHERS = many(3);
const [ADA, BOB] = [toPerson('ada'), toPerson('bob')];
const BOTH = [ADA, BOB, ...OTHERS];
const LOCKED = { nsAccountLock: 'TRUE' };
const ADA_OFF = [toPerson('ada', LOCKED), BOB, ...OTHERS];
const BOTH_OFF = [toPerson('ada', LOCKED), toPerson('bob', LOCKED), ...OTHERS];
const AGENT = { roles: ['user', 'livechat-agent'], statusLivechat: 'available', extension: '100' };

const run = (entries: Parameters<typeof sync>[0]) => sync(entries, SETTINGS);
const notes = () => collection('ldap_sync_switched').countDocuments({});
const marks = () => collection('users').countDocuments({ 'ldapSync.switching': { $exists: true } });
const rolesOf = async (subscription: string) => (await find(SUBSCRIPTIONS, subscription))?.['roles'];
/** The room's `ro` and who has it archived. */
const stateOf = async (rid: string) => [
  (await find(ROOMS, rid))?.['ro'],
  ...(await collection(SUBSCRIPTIONS).find({ rid, archived: true }).sort({ _id: 1 }).toArray()).map(
    ({ u }) => (u as { username: string }).username,
  ),
];

beforeEach(() => run(BOTH));

describe('the credentials of somebody who is switched off', () => {
  it('go in the same transaction: sessions, personal access tokens, OAuth tokens and codes', async () => {
    await issueTokens('ada', 'bob');
    await run(ADA_OFF);
    expect((await user('ada'))?.['services']).toMatchObject({ resume: { loginTokens: [] } });
    for (const name of TOKENS) expect(await collection(name).distinct('_id')).toEqual(['t-bob']);
    const switched = await killAt(removals(), () => run(BOTH_OFF));
    expect(switched.state).toBe('interrupted');
    for (const name of TOKENS) expect(await collection(name).distinct('_id')).toEqual(['t-bob']);
    expect((await user('bob'))?.['active']).toBe(true);
  });

  it('are deleted of all of a batch by one command for each collection', async () => {
    await issueTokens('ada', 'bob');
    let commands = 0;
    const [first] = TOKENS;
    // One command when the people are switched off, and one for what was issued at the same moment.
    const deleteMany = collection(first).deleteMany.bind(collection(first));
    collection(first).deleteMany = (...args) => {
      commands += 1;
      return deleteMany(...args);
    };
    await run(BOTH_OFF);
    expect(commands).toBe(2);
    expect(await collection(first).countDocuments({})).toBe(0);
  });

  it('are deleted, too, when the host issued them while the user was being switched off', async () => {
    await issueTokens('p0');
    await killAt({ collection: 'users', method: 'updateMany' }, () => run(ADA_OFF));
    await issueTokens('ada');
    await run(ADA_OFF);
    for (const name of TOKENS) expect(await collection(name).distinct('_id')).toEqual(['t-p0']);
  });

  it('of somebody whom an earlier version switched off are deleted by a run that finds the mark', async () => {
    await set('ada', { active: false, ldapSync: { deactivatedByRun: 'x', switching: 'off' } });
    await issueTokens('ada', 'bob');
    await talk('d1', ['ada', 'bob']);
    await run(ADA_OFF);
    for (const name of TOKENS) expect(await collection(name).distinct('_id')).toEqual(['t-bob']);
    expect(await stateOf('d1')).toEqual([true, 'bob']);
  });

  it('of somebody who stays on are not touched', async () => {
    await set('ada', { roles: ['admin'] });
    await issueTokens('ada');
    const { attention } = await run(ADA_OFF);
    expect(attention).toMatchObject([{ code: 'last-administrator' }]);
    for (const name of TOKENS) expect(await collection(name).countDocuments({})).toBe(1);
  });
});

describe('around somebody who is switched off', () => {
  it('nothing is needed of a host that has no rooms, agents or OAuth server', async () => {
    expect(await run(ADA_OFF)).toMatchObject({
      state: 'completed',
      counts: { deactivated: 1 },
      problems: [],
    });
    expect([await notes(), await marks()]).toEqual([0, 0]);
  });

  it('conversations of two are read-only, and archived for the other', async () => {
    await talk('d1', ['ada', 'bob']);
    await talk('d2', ['bob', 'p0']);
    await insert(ROOMS, { _id: 'g', t: 'd', uids: [await id('ada'), await id('bob'), 'x'], ro: false });
    // The name of another who is called so in a conversation with somebody else.
    await insert(SUBSCRIPTIONS, { _id: 'other', rid: 'd9', t: 'd', name: 'ada', u: { _id: 'x' } });
    await run(ADA_OFF);
    const { _updatedAt, ...room } = (await find(ROOMS, 'd1')) ?? {};
    expect(room).toMatchObject({ ro: true, reactWhenReadOnly: false, usersCount: 2 });
    // Clients ask for what has changed.
    expect(_updatedAt).not.toEqual(new Date('2020-01-01T00:00:00Z'));
    expect(await stateOf('d1')).toEqual([true, 'bob']);
    expect(await stateOf('d2')).toEqual([false]);
    expect(await find(ROOMS, 'g')).toMatchObject({ ro: false });
    expect(await find(SUBSCRIPTIONS, 'other')).not.toHaveProperty('archived');
  });

  it('nobody is routed to the agent; the departments stay', async () => {
    await set('ada', AGENT);
    await set('bob', AGENT);
    const department = {
      _id: 'a',
      agentId: await id('ada'),
      username: 'ada',
      departmentId: 'x',
      enabled: true,
    };
    await insert('rocketchat_livechat_department_agents', department);
    await run(ADA_OFF);
    expect(await user('ada')).toMatchObject({ statusLivechat: 'not-available', roles: AGENT.roles });
    expect(await user('ada')).not.toHaveProperty('extension');
    expect(await user('bob')).toMatchObject(AGENT);
    expect(await find('rocketchat_livechat_department_agents', 'a')).toEqual(department);
  });

  it('a room of which nobody else is owner gets the member who is there longest and is on', async () => {
    await insert('users', { _id: 'U-off', username: 'off', active: false });
    await set('p1', { roomRolePriorities: { other: 1 } });
    await meet('c1', { off: undefined, gone: undefined, ada: ['owner'], p1: ['moderator'], bob: undefined });
    await meet('p2', { ada: ['owner', 'leader'], bob: undefined });
    await run(ADA_OFF);
    expect(await rolesOf('c1/p1')).toEqual(['moderator', 'owner']);
    expect((await user('p1'))?.['roomRolePriorities']).toEqual({ other: 1, c1: 0 });
    expect([await rolesOf('c1/off'), await rolesOf('c1/bob')]).toEqual([undefined, undefined]);
    expect(await rolesOf('p2/bob')).toEqual(['owner']);
    expect(await user('bob')).not.toHaveProperty('roomRolePriorities');
    // As in Rocket.Chat.
    expect(await rolesOf('c1/ada')).toEqual(['owner']);
  });

  it('a room with another owner who is on, and one where nobody is on, stay as they are', async () => {
    await insert('users', { _id: 'U-off', username: 'off', active: false });
    await meet('c1', { ada: ['owner'], p1: undefined, bob: ['owner'] });
    await meet('p1', { ada: ['owner'], off: undefined, gone: undefined });
    await meet('p2', { ada: ['owner'] });
    await meet('c3', { ada: undefined, bob: undefined });
    const rooms = await all();
    await run(ADA_OFF);
    const after = await all();
    expect([after[ROOMS], after[SUBSCRIPTIONS]]).toEqual([rooms[ROOMS], rooms[SUBSCRIPTIONS]]);
  });

  it('both owners of a room in one run: a third is made owner once', async () => {
    await meet('c1', { ada: ['owner'], bob: ['owner'], p1: undefined, p2: undefined });
    await run(BOTH_OFF);
    expect([await rolesOf('c1/p1'), await rolesOf('c1/p2')]).toEqual([['owner'], undefined]);
  });

  it('a long list goes by a hundred documents in a transaction', async () => {
    for (let n = 0; n < 40; n += 1) await talk(`d${n}`, ['ada', `x${n}`]);
    const written: number[] = [];
    const bulkWrite = collection(ROOMS).bulkWrite.bind(collection(ROOMS));
    collection(ROOMS).bulkWrite = (operations, options) => {
      expect(options?.session?.inTransaction()).toBe(true);
      written.push(operations.length);
      return bulkWrite(operations, options);
    };
    await run(ADA_OFF);
    // With two subscriptions and a note for each document, a conversation counts as six.
    expect(written).toEqual([16, 16, 8]);
    expect(await collection(ROOMS).countDocuments({ ro: true })).toBe(40);
    await run(BOTH);
    expect(written).toEqual([16, 16, 8, ...written.slice(3)]);
    expect(Math.max(...written.slice(3))).toBeLessThanOrEqual(33);
    expect(await collection(ROOMS).countDocuments({ ro: true })).toBe(0);
  });
});

describe('when somebody is switched on again', () => {
  /** Everything that switching off touches. */
  async function furnish(): Promise<void> {
    await talk('d1', ['ada', 'bob']);
    await talk('d2', ['ada', 'p0'], { reactWhenReadOnly: true });
    await meet('c1', { ada: ['owner'], p1: undefined });
    await meet('c2', { ada: ['owner'], p1: ['moderator'] });
    await set('ada', AGENT);
    await set('p1', { roomRolePriorities: { c2: 1 } });
  }

  it('by a revert, all is as before, and the report says what is not', async () => {
    await furnish();
    const was = await all();
    await issueTokens('ada');
    const off = await run(ADA_OFF);
    expect(await all()).not.toEqual(was);
    const reverted = await revert(off._id);
    expect(reverted.problems.map(({ message }) => message).join()).toMatch(/OAuth/);
    const { users, ...is } = await all();
    expect({ users: users!.map(withoutSessions), ...is }).toEqual(was);
    expect([await notes(), await marks()]).toEqual([0, 0]);
  });

  it('by a sync, all is as before, but whoever was made an owner stays one', async () => {
    await furnish();
    const was = await all();
    await run(ADA_OFF);
    expect((await run(BOTH)).counts).toMatchObject({ reactivated: 1 });
    expect([await rolesOf('c1/p1'), await rolesOf('c2/p1')]).toEqual([['owner'], ['moderator', 'owner']]);
    await collection(SUBSCRIPTIONS).updateOne({ _id: 'c1/p1' as never }, { $unset: { roles: '' } });
    await collection(SUBSCRIPTIONS).updateOne({ _id: 'c2/p1' as never }, { $set: { roles: ['moderator'] } });
    expect((await all())[SUBSCRIPTIONS]).toEqual(was[SUBSCRIPTIONS]);
    expect((await all())[ROOMS]).toEqual(was[ROOMS]);
    expect(await user('ada')).toMatchObject(AGENT);
    expect([await notes(), await marks()]).toEqual([0, 0]);
  });

  it('what was read-only, archived or not available before stays so', async () => {
    await talk('d1', ['ada', 'bob'], { ro: true, reactWhenReadOnly: false });
    await collection(SUBSCRIPTIONS).updateMany({}, { $set: { archived: true } });
    await set('ada', { ...AGENT, statusLivechat: 'not-available' });
    const was = await all();
    await run(ADA_OFF);
    await run(BOTH);
    expect(await all()).toMatchObject({ [ROOMS]: was[ROOMS], [SUBSCRIPTIONS]: was[SUBSCRIPTIONS] });
    expect(await user('ada')).toMatchObject({ statusLivechat: 'not-available', extension: '100' });
  });

  it('what others have changed meanwhile stays', async () => {
    await furnish();
    const off = await run(ADA_OFF);
    await collection(ROOMS).updateOne(
      { _id: 'd1' as never },
      { $set: { ro: false, reactWhenReadOnly: true } },
    );
    await collection(SUBSCRIPTIONS).deleteOne({ _id: 'd2/p0' as never });
    await collection(SUBSCRIPTIONS).updateOne({ _id: 'c1/ada' as never }, { $set: { roles: [] } });
    await set('bob', { extension: '100' });
    await revert(off._id);
    expect(await find(ROOMS, 'd1')).toMatchObject({ ro: false, reactWhenReadOnly: true });
    // Nobody else is owner any more.
    expect(await rolesOf('c1/p1')).toEqual(['owner']);
    expect(await user('ada')).toMatchObject({ statusLivechat: 'available' });
    expect(await user('ada')).not.toHaveProperty('extension');
    expect(await notes()).toBe(0);
  });

  it('a conversation of two who were both switched off is read-only until both are on', async () => {
    await talk('d1', ['ada', 'bob']);
    const was = await all();
    await run(BOTH_OFF);
    expect(await stateOf('d1')).toEqual([true, 'ada', 'bob']);
    await run(ADA_OFF);
    expect(await stateOf('d1')).toEqual([true, 'bob']);
    await run(BOTH);
    expect(await stateOf('d1')).toEqual([false]);
    expect((await all())[ROOMS]).toEqual(was[ROOMS]);
    expect(await notes()).toBe(0);
  });

  it('the same holds when one was switched off after the other, and in the same order on', async () => {
    await talk('d1', ['ada', 'bob']);
    const was = await all();
    await run(ADA_OFF);
    await run(BOTH_OFF);
    await run([ADA, toPerson('bob', LOCKED), ...OTHERS]);
    expect(await stateOf('d1')).toEqual([true, 'ada']);
    await run(BOTH);
    expect((await all())[SUBSCRIPTIONS]).toEqual(was[SUBSCRIPTIONS]);
    expect((await all())[ROOMS]).toEqual(was[ROOMS]);
  });
});

/** Sessions are not given back. */
function withoutSessions({ services, ...user }: Readonly<Record<string, unknown>>): object {
  const others = Object.entries(services as object).filter(
    ([name, value]) => name !== 'resume' || (value as { loginTokens: unknown[] }).loginTokens.length > 0,
  );
  return { ...user, services: Object.fromEntries(others) };
}

describe('a run that is killed', () => {
  it.each([
    ['before anything follows', { collection: 'ldap_sync_switched', method: 'bulkWrite' }],
    ['in the conversations', { collection: ROOMS, method: 'bulkWrite' }],
    ['in the owners of rooms', { collection: SUBSCRIPTIONS, method: 'bulkWrite', nth: 2 }],
    ['at the end', { collection: 'users', method: 'updateMany' }],
  ] as const)('%s leaves a mark, and the next finishes it', async (_when, moment) => {
    await talk('d1', ['ada', 'bob']);
    await meet('c1', { ada: ['owner'], p1: undefined });
    const was = await all();
    const off = await killAt(moment, () => run(ADA_OFF));
    expect(off.counts).toMatchObject({ deactivated: 1 });
    expect(await marks()).toBe(1);
    expect((await run(ADA_OFF)).counts).toMatchObject({ deactivated: 0 });
    expect(await stateOf('d1')).toEqual([true, 'bob']);
    expect(await rolesOf('c1/p1')).toEqual(['owner']);
    expect(await marks()).toBe(0);
    const on = await killAt({ collection: ROOMS, method: 'bulkWrite' }, () => revert(off._id));
    expect(on.counts).toMatchObject({ reactivated: 1 });
    await run(BOTH);
    expect((await all())[SUBSCRIPTIONS]).toEqual(was[SUBSCRIPTIONS]);
    expect((await all())[ROOMS]).toEqual(was[ROOMS]);
    expect([await notes(), await marks()]).toEqual([0, 0]);
  });

  it('and whose person is switched on by an administrator before the next leaves all as it was', async () => {
    await talk('d1', ['ada', 'bob']);
    await meet('c1', { ada: ['owner'], p1: undefined });
    await set('ada', AGENT);
    await killAt({ collection: 'ldap_sync_switched', method: 'bulkWrite' }, () => run(ADA_OFF));
    await set('ada', { active: true });
    const was = await all();
    await run(BOTH);
    const is = await all();
    expect([is[ROOMS], is[SUBSCRIPTIONS]]).toEqual([was[ROOMS], was[SUBSCRIPTIONS]]);
    expect(await user('ada')).toMatchObject(AGENT);
    expect(await marks()).toBe(0);
  });

  it('a member who is switched off while an owner is looked for is not made one', async () => {
    await meet('c1', { ada: ['owner'], p1: undefined });
    await set('ada', { active: false });
    const { connection } = histories.database();
    const transact = await takeOver(connection);
    await HAND_OVER.update(['c1/ada'], {
      connection,
      signal: new AbortController().signal,
      async transact(work) {
        await set('p1', { active: false });
        await transact(work);
      },
    });
    expect(await rolesOf('c1/p1')).toBeUndefined();
  });
});
