import { startSlapd, type Slapd } from '../../dev/slapd.js';
import type { LdapSync } from '../../lib/create-ldap-sync.js';
import { createAdminClient, type AdminClient } from '../setup/admin-client.js';
import { createHost, seedAdmin, storeSettings } from '../setup/host.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';
import { settingsFor, SUFFIX, toOrganisation, toPeople, toPersonLdif } from '../setup/organisation.js';
import { describeWithSlapd } from '../setup/slapd.js';

describeWithSlapd('a preview of a real directory', () => {
  let slapd: Slapd;
  let database: TestDatabase;
  let ldapSync: LdapSync;
  let admin: AdminClient;

  beforeEach(async () => {
    slapd = await startSlapd({
      suffix: SUFFIX,
      ldif: toOrganisation([
        ...toPeople(6),
        toPersonLdif('clash', { mail: 'person5@example.org' }),
        toPersonLdif('nomail', { mail: undefined }),
      ]),
    });
    database = await openTestDatabase();
    await seedAdmin(database.connection);
    await storeSettings(database.connection, {
      ...settingsFor(slapd),
      API_Enable_Rate_Limiter: false,
      LDAP_Search_Page_Size: 2,
    });
    const host = createHost(database.connection);
    ({ ldapSync } = host);
    admin = createAdminClient(host.app);
  });
  afterEach(async () => {
    await ldapSync.stop();
    await database.close();
    await slapd.stop();
  });

  const users = () => database.connection.collection('users').find({}).sort({ _id: 1 }).toArray();
  const rows = async (runId: string): Promise<unknown[]> =>
    (await admin.changes(runId)).map(({ userId: _userId, state, ...row }) => ({
      ...row,
      state: (state as string) === 'planned' ? 'done' : state,
    }));

  it('answers like a sync, writes nothing to anybody, calls its rows planned, and the run then does them', async () => {
    expect((await admin.get('previewSync')).status).toBe(404);
    expect((await admin.post('previewSync').set('x-2fa-code', 'wrong')).body.errorType).toBe('totp-invalid');
    const before = await users();
    const { body, headers, status } = await admin.post('previewSync');
    expect([status, body]).toEqual([200, { message: 'Preview_in_progress', success: true }]);
    const [, runId = ''] = /^\/api\/v1\/ldap\.runInfo\?runId=(\w{17})$/.exec(headers.location as string)!;
    const preview = await admin.ended(runId);
    expect(await users()).toEqual(before);
    const shown = await admin.changes(preview._id);
    expect(new Set(shown.map(({ state }) => state as string))).toEqual(new Set(['planned']));
    expect(shown.filter(({ outcome, userId }) => outcome === 'created' && userId !== undefined)).toEqual([]);

    const run = await admin.run('syncNow');
    expect(preview).toMatchObject({ kind: 'preview', state: run.state, counts: run.counts });
    expect(run.counts).toMatchObject({ read: 8, created: 6, rejected: 1, conflicted: 1 });
    expect(await rows(preview._id)).toEqual(await rows(run._id));
  });
});
