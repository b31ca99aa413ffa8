import type { RunReport } from '../../models/run-report.js';
import type { IdentifiedRow } from '../../lib/sync/history/read-account.js';
import { hex, toLinkedUser, toPerson, useHistories } from '../setup/histories.js';

const { collection, engine, previewThenRun, revert, set, sync, user } = useHistories();

const MISSING = { LDAP_Background_Sync_Disable_Missing_Users: true };

const linkOf = async (name: string) => ((await user(name))?.services as { ldap: object }).ldap;
const rowsOf = async (run: RunReport): Promise<readonly IdentifiedRow[]> =>
  (await engine([]).changes(run._id)).filter(({ kind }) => kind === 'relink');

const insertLinkedBy = async (idAttribute: string, name: string, fields: object = {}): Promise<void> => {
  await collection('users').insertOne(toLinkedUser(name, { id: hex(name), idAttribute }, fields));
};

describe('what one is linked by and another can write', () => {
  const BY_UUID = { ...MISSING, LDAP_Unique_Identifier_Field: 'entryUUID' };
  const LEFT = {
    active: false,
    inactiveReason: 'deactivated',
    ldapSync: { deactivatedBecause: 'missing-from-directory' },
  };

  it.each([
    ['first', true],
    ['last', false],
  ])('switches nobody off when two entries have it, the disabled one %s', async (_, isFirst) => {
    await insertLinkedBy('employeeNumber', 'ada');
    await insertLinkedBy('employeeNumber', 'bob');
    const former = toPerson('ada-old', {
      employeeNumber: 'ada',
      mail: 'ada@x.org',
      userAccountControl: '514',
    });
    const others = [toPerson('ada', { employeeNumber: 'ada' }), toPerson('bob', { employeeNumber: 'bob' })];
    const run = await previewThenRun(isFirst ? [former, ...others] : [...others, former], BY_UUID);
    expect(run).toMatchObject({ state: 'completed', counts: { deactivated: 0, updated: 1 } });
    expect(await user('ada')).toMatchObject({ active: true, services: { ldap: { id: hex('ada') } } });
  });

  it('gives the account of somebody who has left to nobody who has got the name since, but by a decision', async () => {
    await insertLinkedBy('uid', 'ada', LEFT);
    await insertLinkedBy('uid', 'bob');
    const settings = { ...BY_UUID, LDAP_Sync_User_Active_State: 'both' };
    const entries = ['ada', 'bob'].map((name) => toPerson(name));
    for (const settingsNow of [settings, settings]) {
      const run = await previewThenRun(entries, settingsNow);
      expect(run).toMatchObject({
        state: 'held',
        held: { code: 'decision-needed', relinks: 1, reactivations: 0 },
        counts: { reactivated: 0 },
      });
      expect(run.attention).toEqual([]);
    }
    expect(await user('ada')).toMatchObject({ active: false, services: { ldap: { id: hex('ada') } } });
    const held = await sync(entries, settings);
    const approval = await engine(entries, settings).approve(held._id);
    expect(approval).toMatchObject({ state: 'completed', removed: 1, attention: [{ code: 'relinked' }] });
    expect((await sync(entries, settings)).counts).toMatchObject({ reactivated: 1 });
  });

  it('links an administrator only by a decision, and whoever is off and disabled by none', async () => {
    await insertLinkedBy('uid', 'ada', { roles: ['user', 'admin'] });
    await insertLinkedBy('uid', 'bob', LEFT);
    const entries = [toPerson('ada'), toPerson('bob', { userAccountControl: '514' })];
    const run = await previewThenRun(entries, { ...BY_UUID, LDAP_Sync_User_Active_State: 'both' });
    expect(run).toMatchObject({ state: 'held', held: { relinks: 1 }, removed: 1 });
    const rows = await rowsOf(run);
    expect(rows.map(({ username, state }) => `${username} ${state}`)).toEqual(['ada waiting', 'bob done']);
    expect(rows[0]?.reason).toContain('is an administrator');
    expect(await linkOf('ada')).toMatchObject({ idAttribute: 'uid' });
  });

  it('counts beside a pair that waits, too', async () => {
    await insertLinkedBy('uid', 'ada', { roles: ['user', 'admin'] });
    await sync([toPerson('eve'), toPerson('bob')], BY_UUID);
    const anew = toPerson('eve', { entryUUID: 'another-id' });
    const run = await sync([toPerson('ada'), toPerson('bob'), anew], {
      LDAP_Unique_Identifier_Field: 'entryUUID',
    });
    expect(run).toMatchObject({ state: 'held', held: { code: 'decision-needed', relinks: 2 } });
  });
});

it('whoever got an account by a decision that is taken back is signed out of it', async () => {
  const ANEW = toPerson('ada', { entryUUID: 'another-id' });
  const OTHERS = ['bob', 'eve'].map((name) => toPerson(name));
  await sync([toPerson('ada'), ...OTHERS]);
  const run = await sync([ANEW, ...OTHERS]);
  const approval = await engine([ANEW, ...OTHERS]).approve(run._id);
  await set('ada', { 'services.resume.loginTokens': [{ hashedToken: 'of the person of the entry' }] });
  const userId = (await user('ada'))?._id;
  await collection('rocketchat_oauth_access_tokens').insertOne({ userId });
  await revert(approval._id);
  expect((await user('ada'))?.services).toMatchObject({
    ldap: { id: hex('id-ada') },
    resume: { loginTokens: [] },
  });
  expect(await collection('rocketchat_oauth_access_tokens').countDocuments({ userId })).toBe(0);
});
