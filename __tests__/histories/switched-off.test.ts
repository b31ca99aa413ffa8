import { ROOMS, SUBSCRIPTIONS } from '../setup/chat-rooms.js';
import { ADA_OFF, AGENT, BOTH, BOTH_OFF, useDepartures } from '../setup/departures.js';

const { all, collection, find, id, insert, marks, meet, notes, rolesOf, run, set, stateOf, talk, user } =
  useDepartures();

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
