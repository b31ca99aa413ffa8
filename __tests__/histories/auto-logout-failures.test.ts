import { many, toPerson } from '../setup/histories.js';
import { BASE } from '../setup/memory-directory.js';
import { GONE_TOO, useSignOuts } from '../setup/sign-outs.js';
import { ALUMNI } from '../setup/staff.js';

const { changes, issueTokens, killAt, logout, set, signedIn, sync, user, world } = useSignOuts();

const LOCKED = { nsAccountLock: 'TRUE' };
const [ADA, BOB] = [toPerson('ada'), toPerson('bob')];
const ADA_OFF = toPerson('ada', LOCKED);
const OTHERS = many(3);

describe('an auto-logout whose search fails', () => {
  const people = many(60);
  const names = people.map((_, index) => `p${index}`);
  /** The first and the last: they are in different batches. */
  const off = people.map((entry, index) => (index % 59 === 0 ? toPerson(`p${index}`, LOCKED) : entry));

  beforeEach(async () => {
    await sync(people);
    await issueTokens(...names);
  });

  it('signs nobody of that batch out, goes on with the next one, and says so', async () => {
    world.meddle = (_query, nth) => (nth === 1 ? 'refused' : undefined);
    const run = await logout(off);
    expect(run).toMatchObject({ state: 'failed', signedOut: 1, counts: { read: 10 } });
    expect(run.problems).toEqual([
      {
        message:
          '50 people who are signed in could not be looked up, and stay signed in: The server refused the search.',
        remedy: expect.stringContaining(' '),
      },
    ]);
    expect(await signedIn()).toHaveLength(59);
  });

  it('asks no more once the connection is lost, and counts everybody who was not looked up', async () => {
    world.meddle = () => 'lost';
    const run = await logout(off, GONE_TOO);
    expect(run).toMatchObject({ state: 'failed', counts: { read: 0 } });
    expect(run.problems[0]?.message).toContain('60 people who are signed in could not be looked up');
    expect([world.searches, (await signedIn()).length]).toEqual([1, 60]);
  });
});

describe('people who are gone from the directory', () => {
  beforeEach(async () => {
    await sync([...OTHERS, ADA, BOB]);
    await issueTokens('ada', 'bob', 'p0');
  });

  it('stay signed in unless the setting says otherwise, and are not looked for elsewhere', async () => {
    expect((await logout([...OTHERS, BOB])).idle).toBeDefined();
    expect(world.searches).toBe(1);
    expect(await signedIn()).toEqual(['ada', 'bob', 'p0']);
  });

  it('are signed out where it does, and stay on; somebody outside of the base stays signed in', async () => {
    const run = await logout([...OTHERS, toPerson('bob', {}, ALUMNI)], GONE_TOO);
    expect(run).toMatchObject({ state: 'completed', signedOut: 1, problems: [] });
    expect(await signedIn()).toEqual(['bob', 'p0']);
    expect((await user('ada'))?.['active']).toBe(true);
    expect(await changes(run._id)).toMatchObject([
      {
        username: 'ada',
        reason: 'The person is gone from the directory; the user was signed out, and stays on.',
      },
    ]);
  });

  it('are signed out when they are disabled outside of the base', async () => {
    const run = await logout([...OTHERS, ADA, toPerson('bob', LOCKED, ALUMNI)], GONE_TOO);
    expect(run).toMatchObject({ signedOut: 1 });
    expect(await signedIn()).toEqual(['ada', 'p0']);
  });

  it.each([
    ['the naming context cannot be searched', 'refused' as const, /^dc=x$/],
    ['the naming contexts cannot be read', 'refused' as const, /^$/],
    ['the search of the base is referred elsewhere', 'referral' as const, new RegExp(`^${BASE}$`)],
    ['the search of the naming context is referred elsewhere', 'referral' as const, /^dc=x$/],
  ])('are not known to be gone when %s; the disabled are signed out', async (_, meddling, where) => {
    world.meddle = ({ baseDN }) => (where.test(baseDN) ? meddling : undefined);
    const run = await logout([...OTHERS, toPerson('bob', LOCKED)], GONE_TOO);
    expect(run).toMatchObject({
      state: 'failed',
      signedOut: 1,
      problems: [
        { setting: 'LDAP_Sync_AutoLogout_Gone', message: expect.stringContaining('whether 1 people') },
      ],
    });
    expect(await signedIn()).toEqual(['ada', 'p0']);
  });

  it('are nobody when the directory shows nobody at all, and a few when it shows others', async () => {
    const run = await logout([], GONE_TOO);
    expect(run).toMatchObject({ state: 'failed', problems: [{ setting: 'LDAP_BaseDN' }] });
    expect(await signedIn()).toHaveLength(3);
    // Nobody who is there is signed in.
    await set('p0', { 'services.resume.loginTokens': [] });
    expect(await logout([...OTHERS], GONE_TOO)).toMatchObject({ state: 'completed', signedOut: 2 });
  });
});

it('an auto-logout that is killed has signed nobody out by halves, and the next one does', async () => {
  await sync([...OTHERS, ADA, BOB]);
  await issueTokens('ada', 'bob');
  const killed = await killAt({ collection: 'ldap_sync_changes', method: 'insertMany' }, () =>
    logout([...OTHERS, ADA_OFF, BOB]),
  );
  expect(killed.state).toBe('interrupted');
  expect(await signedIn()).toEqual(['ada', 'bob']);
  expect(await logout([...OTHERS, ADA_OFF, BOB])).toMatchObject({ state: 'completed', signedOut: 1 });
  expect(await signedIn()).toEqual(['bob']);
});
