import { startSlapd, type Slapd } from '../../dev/slapd.js';
import { createAdminClient, type AdminClient } from '../setup/admin-client.js';
import { createHost, seedAdmin, storeSettings, type TestHost } from '../setup/host.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';
import { settingsFor, SUFFIX, toOrganisation, toPeople } from '../setup/organisation.js';
import { describeWithSlapd } from '../setup/slapd.js';

const NARROW = { LDAP_User_Search_Filter: '(uid=person0)' };

describeWithSlapd('settings that are not saved', () => {
  let slapd: Slapd;
  let database: TestDatabase;
  let host: TestHost;
  let admin: AdminClient;

  beforeAll(async () => {
    slapd = await startSlapd({ suffix: SUFFIX, ldif: toOrganisation(toPeople(4)) });
  });
  afterAll(() => slapd.stop());
  beforeEach(async () => {
    database = await openTestDatabase();
    await seedAdmin(database.connection);
    await storeSettings(database.connection, {
      ...settingsFor(slapd),
      LDAP_Background_Sync_Disable_Missing_Users: true,
      API_Enable_Rate_Limiter: false,
    });
    host = createHost(database.connection);
    admin = createAdminClient(host.app);
  });
  afterEach(async () => {
    await host.ldapSync.stop();
    await database.close();
  });

  const saved = () => database.connection.collection('rocketchat_settings').find().sort({ _id: 1 }).toArray();
  const people = () => database.connection.collection('users').find().sort({ _id: 1 }).toArray();

  it('are previewed: who would go and who would come, and nothing is saved or written', async () => {
    await admin.run('syncNow');
    const before = [await saved(), await people()];
    const run = await admin.run('previewSync', { settings: NARROW });
    expect(run).toMatchObject({
      kind: 'trial',
      state: 'completed',
      unsaved: ['LDAP_User_Search_Filter'],
      counts: { deactivated: 3 },
    });
    expect((await admin.changes(run._id)).map(({ kind, username }) => [kind, username])).toEqual([
      ['deactivate', 'person1'],
      ['deactivate', 'person2'],
      ['deactivate', 'person3'],
    ]);
    expect([await saved(), await people()]).toEqual(before);
    expect((await admin.run('previewSync')).counts).toMatchObject({ unchanged: 4, deactivated: 0 });
  });

  it('are tested: what they would find', async () => {
    const asked = { username: 'person1' };
    const { body: tried } = await admin.post('testSettings', { settings: NARROW, ...asked });
    const { body: now } = await admin.post('testSettings', asked);
    expect([tried.people.count, tried.person.isFound]).toEqual([1, false]);
    expect([now.people.count, now.person.isFound]).toEqual([4, true]);
  });

  it('may switch LDAP on for the first time', async () => {
    await storeSettings(database.connection, { LDAP_Enable: false, LDAP_Background_Sync: false });
    const on = { LDAP_Enable: true, LDAP_Background_Sync: true };
    expect((await admin.post('previewSync')).body).toEqual({ success: false, error: 'LDAP_disabled' });
    expect((await admin.run('previewSync', { settings: on })).counts.created).toBe(4);
    expect((await admin.post('testSettings', { settings: on })).status).toBe(200);
  });

  it.each(['previewSync', 'testSettings'])(
    'never take the stored password to another server: %s',
    async (verb) => {
      const settings = { LDAP_Host: '127.0.0.2' };
      const { status, body, text } = await admin.post(verb, { settings });
      expect([status, body.details.problems]).toEqual([
        400,
        [expect.objectContaining({ setting: 'LDAP_Authentication_Password' })],
      ]);
      expect(text).not.toContain(slapd.rootPassword);
    },
  );

  it.each(['previewSync', 'testSettings'])('need the permission to change settings: %s', async (verb) => {
    await database.connection
      .collection('rocketchat_permissions')
      .deleteOne({ _id: 'edit-privileged-setting' as never });
    expect((await admin.post(verb, { settings: NARROW })).status).toBe(403);
    expect((await admin.post(verb)).status).toBe(200);
  });

  it('do not tell whether a guess is the stored password', async () => {
    const settings = { LDAP_Email_Field: `${slapd.rootPassword} x`, LDAP_Port: 0 };
    const { body } = await admin.post('testSettings', { settings });
    const messages = (body.details.problems as { message: string }[]).map(({ message }) => message).join();
    expect(messages).toContain(`${slapd.rootPassword} x`);
  });

  it('hold no secret in the report', async () => {
    const settings = { LDAP_Authentication_Password: slapd.rootPassword };
    const { _id, unsaved } = await admin.run('previewSync', { settings });
    expect(unsaved).toEqual(['LDAP_Authentication_Password']);
    const kept = await database.connection.collection('ldap_sync_runs').findOne({ _id: _id as never });
    expect(JSON.stringify(kept)).not.toContain(slapd.rootPassword);
  });

  it('that are wrong are refused, all at once', async () => {
    const { body } = await admin.post('previewSync', {
      settings: { LDAP_Port: 0, LDAP_User_Search_Filter: '(' },
    });
    expect(body.details.problems.map(({ setting }: { setting: string }) => setting)).toEqual(
      expect.arrayContaining(['LDAP_Port', 'LDAP_User_Search_Filter']),
    );
  });

  it("are nobody else's: two previews of different settings do not share a run", async () => {
    const [one, other] = await Promise.all([
      admin.post('previewSync', { settings: NARROW }),
      admin.post('previewSync', { settings: { LDAP_User_Search_Filter: '(uid=person1)' } }),
    ]);
    const outcomes = [one, other].map(({ status, body }) => `${status} ${body.errorType ?? ''}`).sort();
    expect(outcomes).toEqual(['200 ', '400 run-in-progress']);
  });
});
