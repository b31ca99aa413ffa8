import { startSlapd, type Slapd } from '../../dev/slapd.js';
import type { LdapSync } from '../../lib/create-ldap-sync.js';
import { createAdminClient, type AdminClient } from '../setup/admin-client.js';
import { createEngine } from '../setup/engine.js';
import { toEntry } from '../setup/entries.js';
import { ADMIN, createHost, seedAdmin, storeSettings } from '../setup/host.js';
import { BASE, type Fault } from '../setup/memory-directory.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';
import { settingsFor, SUFFIX, toOrganisation, toPeople, toPersonLdif } from '../setup/organisation.js';
import { describeWithSlapd } from '../setup/slapd.js';

/** Eleven are one more than is always allowed. */
const LEAVERS = 11;
const PEOPLE = 20;

describeWithSlapd('a run that would remove too many', () => {
  let slapd: Slapd;
  let database: TestDatabase;
  let ldapSync: LdapSync;
  let admin: AdminClient;

  beforeEach(async () => {
    slapd = await startSlapd({ suffix: SUFFIX, ldif: toOrganisation(toPeople(PEOPLE)) });
    database = await openTestDatabase();
    await seedAdmin(database.connection);
    await storeSettings(database.connection, { ...settingsFor(slapd), API_Enable_Rate_Limiter: false });
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
  const active = () => users().countDocuments({ ldap: true, active: true });
  const leave = (...uids: string[]) =>
    slapd.modify(uids.map((uid) => `dn: uid=${uid},ou=people,${SUFFIX}\nchangetype: delete\n`).join('\n'));
  const rename = (uid: string, to: string) =>
    slapd.modify(
      `dn: uid=${uid},ou=people,${SUFFIX}\nchangetype: modrdn\nnewrdn: uid=${to}\ndeleteoldrdn: 1\n`,
    );
  const setMail = (uid: string, mail: string) =>
    slapd.modify(`dn: uid=${uid},ou=people,${SUFFIX}\nchangetype: modify\nreplace: mail\nmail: ${mail}\n`);
  const setName = (uid: string, name: string) =>
    slapd.modify(`dn: uid=${uid},ou=people,${SUFFIX}\nchangetype: modify\nreplace: cn\ncn: ${name}\n`);
  const hire = (uid: string) => slapd.modify(`${toPersonLdif(uid).replace('\n', '\nchangetype: add\n')}\n`);
  const names = (count: number, from = 0) =>
    Array.from({ length: count }, (_, index) => `person${from + index}`);

  /** The people leave the base, and can come back with the id they had. */
  const moveOut = (...uids: string[]) =>
    slapd.modify(
      uids
        .map(
          (uid) =>
            `dn: uid=${uid},ou=people,${SUFFIX}\nchangetype: modrdn\nnewrdn: uid=${uid}\ndeleteoldrdn: 0\nnewsuperior: ou=alumni,${SUFFIX}\n`,
        )
        .join('\n'),
    );
  const moveBack = (...uids: string[]) =>
    slapd.modify(
      uids
        .map(
          (uid) =>
            `dn: uid=${uid},ou=alumni,${SUFFIX}\nchangetype: modrdn\nnewrdn: uid=${uid}\ndeleteoldrdn: 0\nnewsuperior: ou=people,${SUFFIX}\n`,
        )
        .join('\n'),
    );
  const onlyPeople = () => storeSettings(database.connection, { LDAP_BaseDN: `ou=people,${SUFFIX}` });

  it('does everything additive, removes nothing, and keeps the list', async () => {
    leave(...names(LEAVERS));
    rename('person12', 'renamed');
    setMail('person13', 'new@example.org');
    setName('person14', 'Somebody');
    hire('newcomer');
    const run = await admin.run('syncNow');
    expect(run).toMatchObject({
      kind: 'sync',
      state: 'held',
      held: {
        deactivations: LEAVERS,
        renames: 1,
        clearings: 1,
        approvable: true,
        reason: expect.stringContaining('11 of 20'),
      },
      counts: { created: 1, updated: 2, deactivated: 0 },
    });
    expect(await active()).toBe(PEOPLE + 1);
    expect(await users().countDocuments({ username: 'renamed' })).toBe(0);
    expect(await users().countDocuments({ 'emails.address': 'new@example.org' })).toBe(0);
    expect(await users().countDocuments({ name: 'Somebody' })).toBe(1);
    const waiting = (await admin.changes(run._id)).filter(({ state }) => state === 'waiting');
    expect(waiting.map(({ kind, username }) => `${kind} ${username}`).sort()).toEqual(
      [...names(LEAVERS).map((name) => `deactivate ${name}`), 'rename person12', 'clear person13'].sort(),
    );
  });

  it('is not sneaked through by the next run, even when few are left', async () => {
    await onlyPeople();
    moveOut(...names(LEAVERS));
    const first = await admin.run('syncNow');
    expect(first.state).toBe('held');
    expect((await admin.run('syncNow')).state).toBe('held');
    moveBack(...names(8));
    const third = await admin.run('syncNow');
    expect(third).toMatchObject({
      state: 'held',
      held: { deactivations: 3, reason: expect.stringContaining('nobody has approved or rejected') },
    });
    expect(await active()).toBe(PEOPLE);
    moveBack(...names(3, 8));
    expect((await admin.run('syncNow')).state).toBe('completed');
    leave('person0');
    expect(await admin.run('syncNow')).toMatchObject({ state: 'completed', counts: { deactivated: 1 } });
  });

  it('is done by an approval: who is still missing goes, who came back stays, and the report says who approved', async () => {
    await onlyPeople();
    moveOut(...names(LEAVERS));
    rename('person12', 'renamed');
    rename('person13', 'other');
    const held = await admin.run('syncNow');
    moveBack('person0', 'person1');
    rename('other', 'person13');
    const approval = await admin.run('approveRun', { runId: held._id });
    expect(approval).toMatchObject({
      kind: 'approval',
      of: held._id,
      state: 'completed',
      requestedBy: { _id: ADMIN._id, username: ADMIN.username },
      counts: { read: 0, deactivated: LEAVERS - 2, updated: 1, unchanged: 3 },
    });
    expect(await active()).toBe(PEOPLE - LEAVERS + 2);
    expect(
      (await users().find({ active: false }).toArray()).map(({ username }) => username as string).sort(),
    ).toEqual(names(9, 2).sort());
    expect(await users().findOne({ username: 'renamed' })).not.toBeNull();
    expect(await users().findOne({ username: 'person13' })).not.toBeNull();
    const rows = await admin.changes(approval._id);
    expect(
      rows
        .filter(({ state }) => state === 'skipped')
        .map(({ username }) => username)
        .sort(),
    ).toEqual(['person0', 'person1', 'person13']);
    expect(approval.attention).toContainEqual(
      expect.objectContaining({ username: 'person0', outcome: 'unchanged' }),
    );
    expect(await admin.runInfo(held._id)).toMatchObject({
      state: 'held',
      decision: { verdict: 'approved', by: { _id: ADMIN._id }, runId: approval._id },
    });
    expect((await admin.run('syncNow')).state).toBe('completed');
  });

  it('is decided once: a second approval or rejection is refused', async () => {
    leave(...names(LEAVERS));
    const { _id: runId } = await admin.run('syncNow');
    await admin.run('approveRun', { runId });
    for (const verb of ['approveRun', 'rejectRun']) {
      const { status, body } = await admin.post(verb, { runId });
      expect([status, body.errorType]).toEqual([400, 'run-already-decided']);
      expect(body.error).toContain('approved by admin');
    }
  });

  it('approved by two at once happens once', async () => {
    leave(...names(LEAVERS));
    const { _id: runId } = await admin.run('syncNow');
    const answers = await Promise.all(Array.from({ length: 6 }, () => admin.post('approveRun', { runId })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 400)).toHaveLength(5);
  });

  it('that was rejected stays undone, and the next run asks again', async () => {
    leave(...names(LEAVERS));
    const { _id: runId } = await admin.run('syncNow');
    const { status, body } = await admin.post('rejectRun', { runId });
    expect([status, body]).toEqual([200, { message: 'Run_rejected', success: true }]);
    expect(await admin.runInfo(runId)).toMatchObject({
      decision: { verdict: 'rejected', by: { _id: ADMIN._id } },
    });
    expect((await admin.post('approveRun', { runId })).body.errorType).toBe('run-already-decided');
    expect((await admin.run('syncNow')).state).toBe('held');
    expect(await active()).toBe(PEOPLE);
  });

  it('cannot be approved once a newer run has seen the directory', async () => {
    leave(...names(LEAVERS));
    const old = await admin.run('syncNow');
    const newer = await admin.run('syncNow');
    const { status, body } = await admin.post('approveRun', { runId: old._id });
    expect([status, body.errorType]).toEqual([400, 'run-overtaken']);
    expect(body.details.remedy).toContain(newer._id);
    expect((await admin.run('approveRun', { runId: newer._id })).counts.deactivated).toBe(LEAVERS);
  });

  it('cannot be approved when it was not held, was a preview, or never was', async () => {
    const done = await admin.run('syncNow');
    expect((await admin.post('approveRun', { runId: done._id })).body).toMatchObject({
      success: false,
      errorType: 'run-not-held',
    });
    leave(...names(LEAVERS));
    const preview = await admin.run('previewSync');
    expect(preview).toMatchObject({ kind: 'preview', state: 'held' });
    expect((await admin.post('approveRun', { runId: preview._id })).body).toMatchObject({
      errorType: 'run-not-held',
      error: expect.stringContaining('preview'),
    });
    expect((await admin.post('approveRun', { runId: 'a'.repeat(17) })).body).toMatchObject({
      errorType: 'run-not-found',
    });
    for (const body of [{}, { runId: 'short' }, { runId: { $ne: null } }, { runId: done._id, force: true }]) {
      expect((await admin.post('approveRun', body)).body.errorType).toBe('invalid-params');
    }
  });

  it('whose approval found no directory may be approved again', async () => {
    leave(...names(LEAVERS));
    const { _id: runId } = await admin.run('syncNow');
    await storeSettings(database.connection, { LDAP_Port: 1 });
    expect((await admin.run('approveRun', { runId })).state).toBe('failed');
    expect(await active()).toBe(PEOPLE);
    await storeSettings(database.connection, { LDAP_Port: slapd.port });
    expect((await admin.run('approveRun', { runId })).counts.deactivated).toBe(LEAVERS);
  });

  it('is reverted after its approval: everybody who was switched off or renamed is as before', async () => {
    leave(...names(LEAVERS));
    rename('person12', 'renamed');
    const before = await users()
      .find({}, { projection: { _updatedAt: 0, importIds: 0 } })
      .sort({ _id: 1 })
      .toArray();
    const held = await admin.run('syncNow');
    const approval = await admin.run('approveRun', { runId: held._id });
    await users().updateOne({ username: 'person0' }, { $set: { active: true } });
    const refused = await admin.post('revertRun', { runId: held._id });
    expect(refused.body).toMatchObject({
      errorType: 'run-not-revertible',
      details: { remedy: expect.stringContaining(approval._id) },
    });
    const revert = await admin.run('revertRun', { runId: approval._id });
    expect(revert).toMatchObject({
      kind: 'revert',
      of: approval._id,
      state: 'completed',
      counts: { reactivated: LEAVERS - 1, updated: 1, unchanged: 1 },
    });
    expect(revert.attention).toEqual([
      expect.objectContaining({ username: 'person0', reason: expect.stringContaining('stays as it is') }),
    ]);
    await users().updateOne(
      { username: 'person0' },
      {
        $unset: {
          inactiveReason: '',
          'ldapSync.deactivatedAt': '',
          'ldapSync.deactivatedBecause': '',
          'ldapSync.deactivatedByRun': '',
        },
      },
    );
    const after = await users()
      .find({}, { projection: { _updatedAt: 0, importIds: 0 } })
      .sort({ _id: 1 })
      .toArray();
    for (const user of after)
      if (user.ldapSync && Object.keys(user.ldapSync as object).length === 0) delete user.ldapSync;
    for (const user of [...before, ...after]) if (user.ldap) delete user.services.resume;
    expect(after).toEqual(before);
    expect((await admin.post('revertRun', { runId: approval._id })).body.errorType).toBe(
      'run-already-reverted',
    );
  });

  it('that was killed while it removed is reverted by what it left behind', async () => {
    leave('person0');
    rename('person1', 'renamed');
    const run = await admin.run('syncNow');
    expect(run.counts).toMatchObject({ deactivated: 1, updated: 1 });
    // Its account says no more than that it was about to; it never came to the two others.
    const chunks = database.connection.collection('ldap_sync_changes');
    const kept = (
      await chunks
        .find({ _id: { $regex: `^${run._id}/r/` } as never })
        .sort({ _id: 1 })
        .toArray()
    ).flatMap(({ rows }) => rows as { kind: string }[]);
    const of = (wanted: string) => kept.find(({ kind }) => kind === wanted);
    const [other, third] = await users()
      .find({ username: { $in: ['person2', 'person3'] } })
      .sort({ username: 1 })
      .toArray();
    const rows = [
      ...kept,
      { ...of('deactivate'), userId: other?._id },
      { ...of('rename'), userId: third?._id, fields: [{ field: 'username', from: 'person3', to: 'never' }] },
    ].map((row) => ({ ...row, state: 'waiting' }));
    await chunks.deleteMany({ _id: { $regex: `^${run._id}/r/` } as never });
    await chunks.insertOne({
      _id: `${run._id}/r/0000001` as never,
      at: new Date(),
      expiresAt: new Date(Date.now() + 60_000),
      rows,
    });
    await users().updateOne({ username: 'renamed' }, { $set: { 'ldapSync.takenByRun': run._id } });
    await database.connection
      .collection('ldap_sync_runs')
      .updateOne({ _id: run._id as never }, { $set: { state: 'interrupted' }, $unset: { settled: '' } });
    const revert = await admin.run('revertRun', { runId: run._id });
    expect(revert.problems).toEqual([
      expect.objectContaining({ message: expect.stringContaining('sign in anew') }),
    ]);
    expect(revert).toMatchObject({
      state: 'completed',
      counts: { reactivated: 1, updated: 1, unchanged: 0 },
      attention: [],
    });
    expect(await active()).toBe(PEOPLE);
    expect(await users().countDocuments({ username: 'person1' })).toBe(1);
  });

  it('keeps what it did to each person for who asks later', async () => {
    setMail('person13', 'new@example.org');
    const run = await admin.run('syncNow');
    const ada = await users().findOne({ username: 'person13' });
    const { body } = await admin.get('userHistory', { userId: ada?._id });
    expect(body.changes[0]).toMatchObject({
      outcome: 'updated',
      state: 'done',
      fields: [
        {
          field: 'emails',
          from: [{ address: 'person13@example.org', verified: true }],
          to: [{ address: 'new@example.org', verified: true }],
        },
      ],
      run: { runId: run._id, kind: 'sync', requestedBy: { username: 'admin' } },
    });
    expect(body.changes[1]).toMatchObject({ outcome: 'created' });
    expect(await admin.changes(run._id, { text: 'NEW@example' })).toHaveLength(1);
    expect(await admin.changes(run._id, { text: 'nobody' })).toEqual([]);
    expect(await admin.changes(run._id, { outcome: 'created' })).toEqual([]);
    expect((await admin.get('runChanges', { runId: run._id, outcome: 'nonsense' })).body.errorType).toBe(
      'invalid-params',
    );
  });
});

describe('a list that nobody has decided about', () => {
  const people = Array.from({ length: 6 }, (_, index) =>
    toEntry(`cn=p${index},${BASE}`, {
      entryUUID: `id-${index}`,
      uid: `p${index}`,
      cn: 'Person',
      mail: `p${index}@x.org`,
    }),
  );
  const settings = { LDAP_Background_Sync_Disable_Missing_Users: true, LDAP_Guard_Always_Allowed: 1 };
  let database: TestDatabase;

  beforeEach(async () => {
    database = await openTestDatabase();
  });
  afterEach(() => database.close());

  it.each<[string, Fault]>([
    ['cannot tell people apart', { kind: 'repeats', index: 0 }],
    ['is cut', { kind: 'lost', afterPages: 1 }],
    ['finds nobody', { kind: 'empty' }],
  ])('outlives a run that %s, and can still be approved', async (_, fault) => {
    const engine = createEngine(database.connection);
    await engine.of(people, settings).sync();
    const held = await engine.of(people.slice(2), settings).sync();
    expect(held).toMatchObject({ state: 'held', held: { approvable: true, deactivations: 2 } });
    expect((await engine.of(people.slice(2), settings).sync(fault)).held?.approvable ?? false).toBe(false);
    const next = await engine.of(people.slice(1), settings).sync();
    expect(next).toMatchObject({
      state: 'held',
      held: { deactivations: 1, reason: expect.stringContaining('nobody has approved or rejected') },
      counts: { deactivated: 0 },
    });
    await engine.of(people.slice(2), settings).sync(fault);
    expect(await engine.of(people.slice(2), settings).approve(next._id)).toMatchObject({
      state: 'completed',
      counts: { deactivated: 1 },
    });
  });
});
