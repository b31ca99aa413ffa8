import type { LdapSyncOptions } from '../../lib/options.js';
import type { RunReport } from '../../models/run-report.js';
import { LEAVERS } from '../setup/fault-directory.js';
import { openFaultStage, type FaultStage } from '../setup/fault-stage.js';
import { createHost, storeSettings } from '../setup/host.js';
import { SUFFIX } from '../setup/organisation.js';
import { describeWithSlapd } from '../setup/slapd.js';

describeWithSlapd('settings that are changed in the middle of a run', () => {
  let stage: FaultStage;
  beforeAll(async () => {
    stage = await openFaultStage();
  });
  afterAll(() => stage.close());

  const connection = () => stage.database.connection;
  const sync = (options: Partial<LdapSyncOptions> = {}) => createHost(connection(), options).ldapSync.sync();

  /** The photo of somebody on a middle page is the moment: some have been read, most have not. */
  async function syncWhile(settings: Readonly<Record<string, unknown>>): Promise<RunReport> {
    let changes = 0;
    const avatarStore = {
      async write() {
        if (changes === 0) await storeSettings(connection(), settings);
        changes += 1;
        return 'a-file';
      },
      removeOthers: () => Promise.resolve(),
      rename: () => Promise.resolve(),
    };
    const report = await sync({ avatarStore });
    expect(changes).toBeGreaterThan(0);
    return report;
  }

  it.each<[string, Readonly<Record<string, unknown>>, Partial<RunReport>]>([
    ['the base', { LDAP_BaseDN: `ou=alumni,${SUFFIX}` }, { state: 'held' }],
    ['the filter', { LDAP_User_Search_Filter: '(uid=newcomer*)' }, { state: 'held' }],
    ['a filter that finds nobody', { LDAP_User_Search_Filter: '(uid=nobody)' }, { state: 'failed' }],
    ['LDAP_Enable', { LDAP_Enable: false }, { state: 'failed' }],
    // The id that everybody is linked by is still there, and nobody can change it.
    ['the attribute of the id', { LDAP_Unique_Identifier_Field: 'uid' }, { state: 'completed' }],
  ])(
    '%s: the run goes on with what it began with, the next one has the new, and nobody goes by a mixture',
    async (_, settings, next) => {
      await stage.reset();
      expect(await syncWhile(settings)).toMatchObject({
        state: 'completed',
        counts: { deactivated: LEAVERS.length },
      });
      expect((await stage.state()).users).toEqual(stage.expected.users);
      await stage.expectNoHarm();
      const report = await sync();
      expect(report).toMatchObject({ ...next, counts: { deactivated: 0 } });
      await stage.expectNoHarm();
    },
  );

  it('switching off who is missing, switched on: only the next run does it', async () => {
    await stage.reset({ LDAP_Background_Sync_Disable_Missing_Users: false });
    const settings = { LDAP_Background_Sync_Disable_Missing_Users: true };
    expect(await syncWhile(settings)).toMatchObject({ state: 'completed', counts: { deactivated: 0 } });
    await stage.expectNoHarm([]);
    expect(await sync()).toMatchObject({ state: 'completed', counts: { deactivated: LEAVERS.length } });
    expect((await stage.state()).users).toEqual(stage.expected.users);
    await stage.expectNoHarm();
  });

  it('switching off who is missing, switched off: the run still does it, the next does not', async () => {
    await stage.reset();
    expect(await syncWhile({ LDAP_Background_Sync_Disable_Missing_Users: false })).toMatchObject({
      counts: { deactivated: LEAVERS.length },
    });
    expect(await sync()).toMatchObject({ state: 'completed', counts: { deactivated: 0 } });
    await stage.expectNoHarm();
  });
});
