import { TOKENS } from '../setup/chat-rooms.js';
import { ADA_OFF, BOTH_OFF, useDepartures } from '../setup/departures.js';
import { removals } from '../setup/interventions.js';

const { collection, issueTokens, killAt, run, set, stateOf, talk, user } = useDepartures();

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
    await set('ada', {
      active: false,
      ldapSync: { deactivatedByRun: 'x', switching: 'off', unfinished: ['switching'] },
    });
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
