import { startSlapd, type Slapd } from '../../dev/slapd.js';
import type { LdapSync } from '../../lib/create-ldap-sync.js';
import { createAdminClient, type AdminClient } from '../setup/admin-client.js';
import { createEngine } from '../setup/engine.js';
import { toEntry } from '../setup/entries.js';
import { createHost, seedAdmin, storeSettings } from '../setup/host.js';
import { BASE } from '../setup/memory-directory.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';
import { settingsFor, SUFFIX, toOrganisation, toPeople, toPersonLdif } from '../setup/organisation.js';
import { describeWithSlapd } from '../setup/slapd.js';

/** So few that no limit of the guard is met. */
const PEOPLE = 3;
const STRANGERS = `ou=alumni,${SUFFIX}`;
const STRANGER = toPersonLdif('stranger').replace(/^dn: .*/, `dn: uid=stranger,${STRANGERS}`);

describeWithSlapd('a directory that shows nobody of those who were linked before', () => {
  let slapd: Slapd;
  let database: TestDatabase;
  let ldapSync: LdapSync;
  let admin: AdminClient;

  beforeEach(async () => {
    slapd = await startSlapd({ suffix: SUFFIX, ldif: toOrganisation([...toPeople(PEOPLE), STRANGER]) });
    database = await openTestDatabase();
    await seedAdmin(database.connection);
    await storeSettings(database.connection, { ...settingsFor(slapd), API_Enable_Rate_Limiter: false });
    await lookAt(`ou=people,${SUFFIX}`);
    const host = createHost(database.connection);
    ({ ldapSync } = host);
    admin = createAdminClient(host.app);
    expect(await admin.run('syncNow')).toMatchObject({ state: 'completed', counts: { created: PEOPLE } });
    await lookAt(STRANGERS);
  });
  afterEach(async () => {
    await ldapSync.stop();
    await database.close();
    await slapd.stop();
  });

  const users = () => database.connection.collection('users');
  const lookAt = (base: string) => storeSettings(database.connection, { LDAP_BaseDN: base });
  const active = async () =>
    (await users().find({ ldap: true, active: true }).toArray())
      .map(({ username }) => username as string)
      .sort();
  const everybody = ['person0', 'person1', 'person2', 'stranger'];

  it('is believed by no run, however many have imported the people it shows', async () => {
    expect(await admin.run('syncNow')).toMatchObject({
      state: 'held',
      held: { approvable: true, deactivations: PEOPLE, reason: expect.stringContaining('None of the 3') },
      counts: { created: 1 },
    });
    for (const verdict of ['undecided', 'rejected']) {
      const run = await admin.run('syncNow');
      expect(run).toMatchObject({
        state: 'held',
        held: { deactivations: PEOPLE, reason: expect.stringContaining('only such were found') },
        counts: { deactivated: 0 },
      });
      if (verdict === 'undecided')
        expect((await admin.post('rejectRun', { runId: run._id })).status).toBe(200);
    }
    expect(await active()).toEqual(everybody);
  });

  it('is believed no more when the people it shows had accounts that were merged', async () => {
    await storeSettings(database.connection, { LDAP_Merge_Existing_Users: true });
    await users().insertOne({
      _id: 'own' as never,
      username: 'stranger',
      emails: [{ address: 'stranger@example.org', verified: true }],
      type: 'user',
      active: true,
      roles: ['user'],
    });
    const { _id: runId, ...first } = await admin.run('syncNow');
    expect(first).toMatchObject({ state: 'held', counts: { linked: 1 } });
    // Else it would be the open decision that keeps the next one.
    await admin.post('rejectRun', { runId });
    expect(await admin.run('syncNow')).toMatchObject({
      state: 'held',
      counts: { deactivated: 0, unchanged: 1 },
    });
    expect(await active()).toEqual(everybody);
  });

  it('is told by a preview as by the run', async () => {
    await admin.run('syncNow');
    const preview = await admin.run('previewSync');
    const run = await admin.run('syncNow');
    expect([preview.state, preview.held]).toEqual(['held', run.held]);
  });

  it('is believed once somebody has approved the list; each of them is looked up, and who is found stays', async () => {
    await admin.run('syncNow');
    const held = await admin.run('syncNow');
    slapd.modify(
      `dn: uid=person0,ou=people,${SUFFIX}\nchangetype: modrdn\nnewrdn: uid=person0\ndeleteoldrdn: 0\nnewsuperior: ${STRANGERS}\n`,
    );
    expect(await admin.run('approveRun', { runId: held._id })).toMatchObject({
      state: 'completed',
      counts: { deactivated: PEOPLE - 1, unchanged: 1 },
    });
    expect(await admin.run('syncNow')).toMatchObject({
      state: 'completed',
      counts: { unchanged: 1, updated: 1 },
    });
    expect(await active()).toEqual(['person0', 'stranger']);
  });

  it('is none, though the first of all has left: whoever the next whole sweep linked is known as well', async () => {
    await users().deleteMany({ username: { $ne: 'person0' }, ldap: true });
    await lookAt(SUFFIX);
    expect(await admin.run('syncNow')).toMatchObject({ state: 'completed', counts: { created: PEOPLE } });
    slapd.modify(`dn: uid=person0,ou=people,${SUFFIX}\nchangetype: delete\n`);
    expect(await admin.run('previewSync')).toMatchObject({ state: 'completed', counts: { deactivated: 1 } });
    expect(await admin.run('syncNow')).toMatchObject({ state: 'completed', counts: { deactivated: 1 } });
  });

  it('is forgotten when the right one is read again', async () => {
    await admin.run('syncNow');
    await lookAt(SUFFIX);
    expect(await admin.run('syncNow')).toMatchObject({
      state: 'completed',
      counts: { unchanged: PEOPLE + 1 },
    });
    slapd.modify(`dn: uid=person0,ou=people,${SUFFIX}\nchangetype: delete\n`);
    expect(await admin.run('syncNow')).toMatchObject({ state: 'completed', counts: { deactivated: 1 } });
  });
});

describe('a directory of strangers, read after a run that was cut', () => {
  const people = (name: string, count: number) =>
    Array.from({ length: count }, (_, index) =>
      toEntry(`cn=${name}${index},${BASE}`, {
        entryUUID: `${name}-${index}`,
        uid: `${name}${index}`,
        cn: name,
        mail: `${name}${index}@x.org`,
      }),
    );
  const [ours, strangers] = [people('ours', 8), people('stranger', 8)];
  const settings = { LDAP_Background_Sync_Disable_Missing_Users: true };
  let database: TestDatabase;

  beforeEach(async () => {
    database = await openTestDatabase();
  });
  afterEach(() => database.close());

  const countActive = () =>
    database.connection.collection('users').countDocuments({ name: 'ours', active: true });

  it.each([
    ['the strangers', [ours], strangers],
    ['the right one, as the first of all', [], ours],
  ])('of %s, switches nobody off', async (_, before, cut) => {
    const engine = createEngine(database.connection);
    for (const entries of before) expect((await engine.of(entries, settings).sync()).state).toBe('completed');
    expect((await engine.of(cut, settings).sync({ kind: 'lost', afterPages: 2 })).state).toBe('failed');
    const known = await countActive();
    expect(known).toBeGreaterThan(0);
    for (let round = 0; round < 3; round += 1)
      expect(await engine.of(strangers, settings).sync()).toMatchObject({
        state: 'held',
        counts: { deactivated: 0 },
      });
    expect(await countActive()).toBe(known);
    expect((await engine.of([...ours, ...strangers], settings).sync()).state).toBe('completed');
    expect((await engine.of([...ours.slice(1), ...strangers], settings).sync()).counts.deactivated).toBe(1);
  });

  it('a first import that was cut is simply done by the next run', async () => {
    const engine = createEngine(database.connection).of(ours, settings);
    expect((await engine.sync({ kind: 'lost', afterPages: 2 })).counts.created).toBe(6);
    expect(await engine.sync()).toMatchObject({ state: 'completed', counts: { created: 2, unchanged: 6 } });
    expect(
      (await createEngine(database.connection).of(ours.slice(2), settings).sync()).counts.deactivated,
    ).toBe(2);
  });
});
