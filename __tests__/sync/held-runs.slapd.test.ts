import { startSlapd, type Slapd } from '../../dev/slapd.js';
import type { LdapSync } from '../../lib/create-ldap-sync.js';
import { createAdminClient, type AdminClient } from '../setup/admin-client.js';
import { ADMIN, createHost, seedAdmin, storeSettings } from '../setup/host.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';
import { settingsFor, SUFFIX, toOrganisation, toPeople } from '../setup/organisation.js';
import { describeWithSlapd } from '../setup/slapd.js';

const PEOPLE = `ou=people,${SUFFIX}`;
const ALUMNI = `ou=alumni,${SUFFIX}`;

describeWithSlapd('a run that would remove too many, of a real directory', () => {
  let slapd: Slapd;
  let database: TestDatabase;
  let ldapSync: LdapSync;
  let admin: AdminClient;

  beforeEach(async () => {
    slapd = await startSlapd({ suffix: SUFFIX, ldif: toOrganisation(toPeople(20)) });
    database = await openTestDatabase();
    await seedAdmin(database.connection);
    await storeSettings(database.connection, {
      ...settingsFor(slapd),
      LDAP_BaseDN: PEOPLE,
      API_Enable_Rate_Limiter: false,
    });
    const host = createHost(database.connection);
    ({ ldapSync } = host);
    admin = createAdminClient(host.app);
    await admin.run('syncNow');
  });
  afterEach(async () => {
    await ldapSync.stop();
    await database.close();
    await slapd.stop();
  });

  const users = () => database.connection.collection('users');
  const names = (count: number, from = 0) =>
    Array.from({ length: count }, (_, index) => `person${from + index}`);
  const move = (from: string, to: string, uids: readonly string[]) =>
    slapd.modify(
      uids
        .map(
          (uid) =>
            `dn: uid=${uid},${from}\nchangetype: modrdn\nnewrdn: uid=${uid}\ndeleteoldrdn: ` +
            `0\nnewsuperior: ${to}\n`,
        )
        .join('\n'),
    );
  const rename = (uid: string, to: string) =>
    slapd.modify(`dn: uid=${uid},${PEOPLE}\nchangetype: modrdn\nnewrdn: uid=${to}\ndeleteoldrdn: 1\n`);
  const setMail = (uid: string, mail: string) =>
    slapd.modify(`dn: uid=${uid},${PEOPLE}\nchangetype: modify\nreplace: mail\nmail: ${mail}\n`);

  it('is rejected, found again, approved once, and told of over HTTP; who came back stays', async () => {
    move(PEOPLE, ALUMNI, names(11));
    rename('person12', 'renamed');
    rename('person13', 'other');
    setMail('person14', 'new@example.org');
    const first = await admin.run('syncNow');
    expect(first).toMatchObject({
      state: 'held',
      held: { deactivations: 11, renames: 2, clearings: 1, reason: expect.stringContaining('11 of 20') },
    });
    const rejection = await admin.post('rejectRun', { runId: first._id });
    expect([rejection.status, rejection.body]).toEqual([200, { message: 'Run_rejected', success: true }]);

    const held = await admin.run('syncNow');
    const overtaken = await admin.post('approveRun', { runId: first._id });
    expect([overtaken.status, overtaken.body.errorType]).toEqual([400, 'run-already-decided']);
    move(ALUMNI, PEOPLE, names(2));
    rename('other', 'person13');
    const answers = await Promise.all([1, 2, 3].map(() => admin.post('approveRun', { runId: held._id })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400]);
    const again = await admin.post('approveRun', { runId: held._id });
    expect([again.status, again.body.errorType]).toEqual([400, 'run-already-decided']);
    expect(again.body.error).toContain('approved by admin');

    const { decision } = await admin.runInfo(held._id);
    expect(decision).toMatchObject({ verdict: 'approved', by: { _id: ADMIN._id } });
    const approval = await admin.ended(decision!.runId!);
    expect(approval).toMatchObject({
      kind: 'approval',
      of: held._id,
      state: 'completed',
      requestedBy: { _id: ADMIN._id, username: ADMIN.username },
      counts: { read: 0, deactivated: 9, updated: 2, unchanged: 3 },
    });
    const off = await users().find({ active: false }).toArray();
    expect(off.map(({ username }) => username as string).sort()).toEqual(names(9, 2).sort());
    expect(await users().countDocuments({ username: { $in: ['renamed', 'person13'] } })).toBe(2);

    const person = await users().findOne({ username: 'person14' });
    const { body } = await admin.get('userHistory', { userId: person?._id });
    expect(body.changes[0]).toMatchObject({
      outcome: 'updated',
      state: 'done',
      fields: [
        {
          field: 'emails',
          from: [{ address: 'person14@example.org', verified: true }],
          to: [{ address: 'new@example.org', verified: true }],
        },
      ],
      run: { runId: approval._id, kind: 'approval', requestedBy: { username: 'admin' } },
    });
    expect(await admin.changes(approval._id, { text: 'NEW@example' })).toHaveLength(1);
    expect(await admin.changes(approval._id, { outcome: 'created' })).toEqual([]);

    const refused = await admin.post('revertRun', { runId: held._id });
    expect([refused.status, refused.body.errorType]).toEqual([400, 'run-not-revertible']);
    expect(refused.body.details.remedy).toContain(approval._id);
    expect((await admin.run('revertRun', { runId: approval._id })).counts).toMatchObject({ reactivated: 9 });
    expect((await admin.post('revertRun', { runId: approval._id })).body.errorType).toBe(
      'run-already-reverted',
    );
  });
});
