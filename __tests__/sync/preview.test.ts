import sharp from 'sharp';
import { startSlapd, type Slapd } from '../../dev/slapd.js';
import type { LdapSync } from '../../lib/create-ldap-sync.js';
import { createAdminClient, type AdminClient } from '../setup/admin-client.js';
import { createHost, seedAdmin, storeSettings } from '../setup/host.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';
import { settingsFor, SUFFIX, toOrganisation, toPeople, toPersonLdif } from '../setup/organisation.js';
import { describeWithSlapd } from '../setup/slapd.js';

describeWithSlapd('a preview', () => {
  let slapd: Slapd;
  let database: TestDatabase;
  let ldapSync: LdapSync;
  let admin: AdminClient;

  beforeEach(async () => {
    const photo = await sharp({ create: { width: 30, height: 30, channels: 3, background: 'red' } })
      .jpeg()
      .toBuffer();
    slapd = await startSlapd({
      suffix: SUFFIX,
      ldif: toOrganisation([
        ...toPeople(6),
        toPersonLdif('photo', { jpegPhoto: photo }),
        toPersonLdif('clash', { mail: 'person5@example.org' }),
        toPersonLdif('nomail', { mail: undefined }),
      ]),
    });
    database = await openTestDatabase();
    await seedAdmin(database.connection);
    await storeSettings(database.connection, {
      ...settingsFor(slapd),
      API_Enable_Rate_Limiter: false,
      LDAP_Background_Sync_Avatars: true,
      LDAP_Avatar_Field: 'jpegPhoto',
      LDAP_Search_Page_Size: 2,
      LDAP_Merge_Existing_Users: true,
      LDAP_Extension_Field: 'employeeNumber',
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

  const OWN = ['ldap_sync_runs', 'ldap_sync_lease', 'ldap_sync_changes', 'ldap_sync_second_factor'];

  /** All of the database but what is this package's own account, and the code that was used up. */
  async function everything(): Promise<object> {
    const collections = await database.connection.listCollections();
    const names = collections
      .map(({ name }) => name)
      .filter((name) => !OWN.includes(name))
      .sort();
    const contents = await Promise.all(
      names.map(async (name) => [
        name,
        await database.connection.collection(name).find({}).sort({ _id: 1 }).toArray(),
      ]),
    );
    return Object.fromEntries(contents) as object;
  }

  async function rows(runId: string): Promise<unknown[]> {
    const found = await admin.changes(runId);
    return found.map(({ userId: _userId, state, ...row }) => ({
      ...row,
      state: (state as string) === 'planned' ? 'done' : state,
    }));
  }

  async function previewThenRun() {
    const before = await everything();
    const preview = await admin.run('previewSync');
    expect(await everything()).toEqual(before);
    const run = await admin.run('syncNow');
    expect(preview.kind).toBe('preview');
    expect(preview.counts).toEqual(run.counts);
    expect(preview.state).toBe(run.state);
    expect(await rows(preview._id)).toEqual(await rows(run._id));
    return { preview, run };
  }

  it('answers like a sync, with a second factor only', async () => {
    const refused = await admin.get('previewSync');
    expect(refused.status).toBe(404);
    const { body, headers, status } = await admin.post('previewSync');
    expect([status, body]).toEqual([200, { message: 'Preview_in_progress', success: true }]);
    expect(headers.location).toMatch(/^\/api\/v1\/ldap\.runInfo\?runId=\w{17}$/);
    expect((await admin.post('previewSync').set('x-2fa-code', 'wrong')).body.errorType).toBe('totp-invalid');
  });

  it('writes nothing but its own account, and says exactly what the run then does', async () => {
    await database.connection.collection('users').insertOne({
      _id: 'host' as never,
      username: 'Person1',
      emails: [{ address: 'PERSON1@example.org', verified: true }],
      type: 'user',
      active: true,
      roles: ['user'],
    });
    const { preview } = await previewThenRun();
    expect(preview.counts).toMatchObject({ read: 9, created: 6, linked: 1, rejected: 1, conflicted: 1 });
    const shown = await admin.changes(preview._id);
    expect(new Set(shown.map(({ state }) => state as string))).toEqual(new Set(['planned']));
    expect(shown.find(({ username }) => username === 'photo')?.fields).toContainEqual({
      field: 'photo',
      to: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(shown.filter(({ outcome, userId }) => outcome === 'created' && userId !== undefined)).toEqual([]);

    slapd.modify(
      [
        `dn: uid=person2,ou=people,${SUFFIX}\nchangetype: modrdn\nnewrdn: uid=person3x\ndeleteoldrdn: 1`,
        `dn: uid=person3,ou=people,${SUFFIX}\nchangetype: modrdn\nnewrdn: uid=person2\ndeleteoldrdn: 1`,
        `dn: uid=person4,ou=people,${SUFFIX}\nchangetype: delete`,
        `dn: uid=person0,ou=people,${SUFFIX}\nchangetype: modify\nreplace: mail\nmail: free@example.org\n-\nadd: employeeNumber\nemployeeNumber: 42`,
        toPersonLdif('taker', { mail: 'person0@example.org' }).replace('\n', '\nchangetype: add\n'),
        '',
      ].join('\n\n'),
    );
    const second = await previewThenRun();
    // The address that somebody loses is free once the run has ended, in the preview as in the run.
    expect(second.preview.counts).toMatchObject({ created: 0, updated: 3, deactivated: 1, conflicted: 2 });
    expect((await previewThenRun()).preview.counts).toMatchObject({ created: 1, updated: 0, conflicted: 1 });
    slapd.modify(`dn: uid=person0,ou=people,${SUFFIX}\nchangetype: modify\ndelete: employeeNumber\n`);
    const third = await previewThenRun();
    expect(await admin.changes(third.run._id)).toEqual([
      expect.objectContaining({ kind: 'clear', fields: [{ field: 'sipExtension', from: '42' }] }),
    ]);
    expect((await previewThenRun()).run.counts).toMatchObject({ unchanged: 7, updated: 0 });
  });

  it('spares the last administrator as the run does', async () => {
    const users = database.connection.collection('users');
    await admin.run('syncNow');
    await users.updateMany({ username: { $in: ['person0', 'person1'] } }, { $set: { roles: ['admin'] } });
    await users.updateOne({ username: 'admin' }, { $set: { roles: ['user'] } });
    await database.connection
      .collection('rocketchat_permissions')
      .updateMany({}, { $set: { roles: ['user'] } });
    slapd.modify(
      ['person0', 'person1']
        .map((uid) => `dn: uid=${uid},ou=people,${SUFFIX}\nchangetype: delete\n`)
        .join('\n'),
    );
    const { run } = await previewThenRun();
    expect(run.counts.deactivated).toBe(1);
    expect(run.attention).toContainEqual(
      expect.objectContaining({ reason: expect.stringContaining('last active administrator') }),
    );
  });

  it('may be made while a sync goes on, and does not hold it up', async () => {
    const [preview, run] = await Promise.all([admin.run('previewSync'), admin.run('syncNow')]);
    expect([preview.kind, run.kind]).toEqual(['preview', 'sync']);
    expect(preview._id).not.toBe(run._id);
    expect(run.state).toBe('completed');
  });
});
