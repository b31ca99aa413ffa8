import { ROOMS, SUBSCRIPTIONS } from '../setup/chat-rooms.js';
import { ADA_OFF, AGENT, BOB_OFF, BOTH, BOTH_OFF, useDepartures } from '../setup/departures.js';

const {
  all,
  collection,
  find,
  issueTokens,
  marks,
  meet,
  notes,
  revert,
  rolesOf,
  run,
  set,
  stateOf,
  talk,
  user,
} = useDepartures();

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
    // Only the extension was taken.
    expect(await notes()).toBe(1);
    await run(BOTH);
    expect(await all()).toMatchObject({ [ROOMS]: was[ROOMS], [SUBSCRIPTIONS]: was[SUBSCRIPTIONS] });
    expect(await user('ada')).toMatchObject({ statusLivechat: 'not-available', extension: '100' });
  });

  it('a conversation of two is given back with the second one, when an administrator switched the first one on', async () => {
    await talk('d1', ['ada', 'bob']);
    await run(ADA_OFF);
    await run(BOTH_OFF);
    await set('ada', { active: true });
    await run(BOTH);
    expect((await stateOf('d1'))[0]).toBe(false);
    expect(await stateOf('d1')).not.toContain('ada');
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
    await run(BOB_OFF);
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
