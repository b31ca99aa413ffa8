import { HAND_OVER } from '../../lib/sync/users/switching/hand-over.js';
import { ROOMS, SUBSCRIPTIONS } from '../setup/chat-rooms.js';
import { ADA_OFF, AGENT, BOTH, useDepartures } from '../setup/departures.js';
import { takeOver } from '../setup/fenced-transactions.js';

const { all, database, killAt, marks, meet, notes, revert, rolesOf, run, set, stateOf, talk, user } =
  useDepartures();

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
    const { connection } = database();
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
