import { many, toPerson, useHistories, type Settings, type Values } from '../setup/histories.js';

const { previewThenRun, set, sync, user } = useHistories();
const OFF = { nsAccountLock: 'TRUE' };
// A directory that showed nobody's state any more would prove nothing.
const ON = { nsAccountLock: 'FALSE' };
const people = (ada: Values = ON) => [...many(3, () => ON), toPerson('ada', ada)];

describe('somebody who is enabled in the directory again', () => {
  beforeEach(async () => {
    await sync(people());
    expect(await sync(people(OFF))).toMatchObject({ counts: { deactivated: 1 } });
  });

  it('stays off by default, as a row in every run that names the setting and the way by hand', async () => {
    const row = {
      outcome: 'unchanged',
      username: 'ada',
      code: 'enabled-but-still-off',
      remedy: expect.stringMatching(/users\.setActiveStatus.*LDAP_Sync_User_Active_State.*"both"/),
    };
    expect(await previewThenRun(people())).toMatchObject({ state: 'completed', attention: [row] });
    expect(await sync(people())).toMatchObject({ counts: { unchanged: 4 }, attention: [row] });
    expect(await user('ada')).toMatchObject({ active: false });
  });

  it.each<[string, Settings, number]>([
    ['is a row under "none", too', { LDAP_Sync_User_Active_State: 'none' }, 1],
    ['is no row where users do not follow', { LDAP_Background_Sync_Keep_Existant_Users_Updated: false }, 0],
    ['is no row where the sync switches on', { LDAP_Sync_User_Active_State: 'both' }, 0],
  ])('%s: %j', async (_what, settings, rows) => {
    expect((await sync(people(), settings)).attention).toHaveLength(rows);
  });

  it('is no row any more once somebody has switched the user on', async () => {
    await set('ada', { active: true });
    expect(await sync(people())).toMatchObject({ counts: { unchanged: 4 }, attention: [] });
  });

  it('is no row while the entry is disabled', async () => {
    expect((await sync(people(OFF))).attention).toEqual([]);
  });
});

describe('somebody whom an administrator switched off', () => {
  it('is no row, since that is no work of the sync', async () => {
    await sync(people());
    await set('ada', { active: false, inactiveReason: 'deactivated' });
    expect(await sync(people())).toMatchObject({ counts: { unchanged: 4 }, attention: [] });
  });
});
