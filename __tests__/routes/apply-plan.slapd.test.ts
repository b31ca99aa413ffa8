import { startSlapd, type Slapd } from '../../dev/slapd.js';
import { createAdminClient, type AdminClient, type RunBody } from '../setup/admin-client.js';
import { createHost, seedAdmin, storeSettings, type TestHost } from '../setup/host.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';
import { settingsFor, SUFFIX, toOrganisation, toPeople, toPersonLdif } from '../setup/organisation.js';
import { describeWithSlapd } from '../setup/slapd.js';

const NARROW = { LDAP_User_Search_Filter: '(|(uid=person0)(uid=person1)(uid=new*))' };
const PASSWORD = 'LDAP_Authentication_Password';

describeWithSlapd('ldap.applyPlan', () => {
  let slapd: Slapd;
  let database: TestDatabase;
  let host: TestHost;
  let admin: AdminClient;

  beforeEach(async () => {
    slapd = await startSlapd({ suffix: SUFFIX, ldif: toOrganisation(toPeople(8)) });
    database = await openTestDatabase();
    await seedAdmin(database.connection);
    await storeSettings(database.connection, {
      ...settingsFor(slapd),
      LDAP_User_Search_Filter: '(objectClass=inetOrgPerson)',
      LDAP_Background_Sync_Disable_Missing_Users: true,
      LDAP_Guard_Always_Allowed: 1,
      API_Enable_Rate_Limiter: false,
    });
    host = createHost(database.connection);
    admin = createAdminClient(host.app);
    await admin.run('syncNow');
  });
  afterEach(async () => {
    await host.ldapSync.stop();
    await database.close();
    await slapd.stop();
  });

  const collection = (name: string) => database.connection.collection(name);
  const filter = async () =>
    (await collection('rocketchat_settings').findOne({ _id: 'LDAP_User_Search_Filter' as never }))
      ?.value as string;
  const off = async () =>
    (await collection('users').find({ active: false }).sort({ username: 1 }).toArray()).map(
      ({ username }) => username as string,
    );

  async function apply(body: object): Promise<RunBody> {
    const { status, headers, body: answer } = await admin.post('applyPlan', body);
    expect([status, answer]).toEqual([200, { message: 'Application_in_progress', success: true }]);
    return admin.ended(/runId=(\w+)$/.exec(headers.location as string)?.[1] ?? '');
  }

  it('a narrower filter is previewed unsaved and applied while the directory changes, and undone: all is as before', async () => {
    const saved = await filter();
    const plan = await admin.run('previewSync', { settings: NARROW });
    expect(plan).toMatchObject({ kind: 'trial', state: 'held', held: { deactivations: 6 } });
    slapd.modify(
      [
        `dn: uid=person1,ou=people,${SUFFIX}\nchangetype: delete`,
        toPersonLdif('newcomer').replace('\n', '\nchangetype: add\n'),
        '',
      ].join('\n\n'),
    );
    const run = await apply({ runId: plan._id });
    expect(run).toMatchObject({
      kind: 'application',
      of: plan._id,
      state: 'held',
      held: { code: 'not-in-plan', deactivations: 1 },
      unsaved: ['LDAP_User_Search_Filter'],
      counts: { created: 1, deactivated: 6 },
      plan: { removals: { planned: { deactivations: 6 }, notPlanned: { deactivations: 1 } } },
    });
    expect(await off()).toEqual(['person2', 'person3', 'person4', 'person5', 'person6', 'person7']);
    expect(await filter()).toBe(NARROW.LDAP_User_Search_Filter);
    const waiting = (await admin.changes(run._id)).filter(({ state }) => state === 'waiting');
    expect(waiting.map(({ username }) => username)).toEqual(['person1']);
    const { body: history } = await admin.get('settingsHistory');
    expect(history.changes[0]).toMatchObject({ _id: run.settingsChange, applies: plan._id });
    expect((await admin.get('status')).body.held).toMatchObject({ runId: run._id, deactivations: 1 });

    const { body: restored } = await admin.post('restoreSettings', { changeId: run.settingsChange });
    expect(restored.success).toBe(true);
    expect((await admin.run('revertRun', { runId: run._id })).counts.reactivated).toBe(6);
    expect([await off(), await filter()]).toEqual([[], saved]);
  });

  it('needs the secrets of the preview again, keeps them nowhere, and sends nothing without them', async () => {
    const settings = { ...NARROW, LDAP_Host: 'localhost', [PASSWORD]: slapd.rootPassword };
    const plan = await admin.run('previewSync', { settings });
    expect(plan.state).toBe('held');
    const kept = await collection('ldap_sync_plans').findOne({ _id: plan._id as never });
    expect(kept?.secrets).toEqual([PASSWORD]);
    expect(JSON.stringify([kept, await collection('ldap_sync_runs').find({}).toArray()])).not.toContain(
      slapd.rootPassword,
    );
    const { status, body, text } = await admin.post('applyPlan', { runId: plan._id });
    expect([status, body.errorType, body.details.problems]).toEqual([
      400,
      'invalid-settings',
      [expect.objectContaining({ setting: PASSWORD, remedy: expect.stringContaining('"secrets"') })],
    ]);
    expect(text).not.toContain(slapd.rootPassword);
    expect(await collection('ldap_sync_runs').countDocuments({ kind: 'application' })).toBe(0);
    const run = await apply({ runId: plan._id, secrets: { [PASSWORD]: slapd.rootPassword } });
    expect(run).toMatchObject({ state: 'completed', counts: { deactivated: 6 } });
    const { body: history } = await admin.get('settingsHistory');
    expect(history.changes[0].changes).toContainEqual({ setting: PASSWORD, isSecret: true });
  });

  it('with a wrong secret saves nothing and removes nobody', async () => {
    const settings = { ...NARROW, LDAP_Host: 'localhost', [PASSWORD]: slapd.rootPassword };
    const plan = await admin.run('previewSync', { settings });
    const run = await apply({ runId: plan._id, secrets: { [PASSWORD]: 'wrong' } });
    expect([run.state, run.settingsChange]).toEqual(['failed', undefined]);
    expect([await off(), (await admin.get('settingsHistory')).body.changes]).toEqual([[], []]);
  });

  it('refuses a secret that was not in the preview, and a body that is none', async () => {
    const plan = await admin.run('previewSync', { settings: NARROW });
    const { body } = await admin.post('applyPlan', { runId: plan._id, secrets: { [PASSWORD]: 'x' } });
    expect(body.details.problems).toEqual([expect.objectContaining({ setting: PASSWORD })]);
    for (const wrong of [
      {},
      { runId: 'short' },
      { runId: { $gt: '' } },
      { runId: plan._id, secrets: { LDAP_Host: 'x' } },
      { runId: plan._id, secrets: { [PASSWORD]: 1 } },
      { runId: plan._id, settings: NARROW },
    ]) {
      const { status, body: refused } = await admin.post('applyPlan', wrong);
      expect([status, refused.errorType, refused.error]).toEqual([
        400,
        'invalid-params',
        expect.stringContaining('"runId"'),
      ]);
    }
    expect(await off()).toEqual([]);
  });

  it('needs the permission to change settings where the preview had unsaved ones, and else that to sync alone', async () => {
    const trial = await admin.run('previewSync', { settings: NARROW });
    const preview = await admin.run('previewSync');
    await collection('rocketchat_permissions').deleteOne({ _id: 'edit-privileged-setting' as never });
    expect((await admin.post('applyPlan', { runId: trial._id })).status).toBe(403);
    expect((await apply({ runId: preview._id })).state).toBe('completed');
    await collection('rocketchat_permissions').deleteOne({ _id: 'sync-auth-services-users' as never });
    const { status, body } = await admin.post('applyPlan', { runId: preview._id });
    expect([status, body]).toEqual([400, { success: false, error: 'error-not-authorized' }]);
  });
});
