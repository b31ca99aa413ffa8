import { startSlapd, type Slapd } from '../../dev/slapd.js';
import { createAdminClient, type AdminClient } from '../setup/admin-client.js';
import { createHost, seedAdmin, storeSettings } from '../setup/host.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';
import { settingsFor, SUFFIX, toOrganisation, toPeople } from '../setup/organisation.js';
import { describeWithSlapd } from '../setup/slapd.js';

/** Eleven are one more than is always allowed. */
const PEOPLE = 11;

describeWithSlapd('an address that is to take the place of another', () => {
  let slapd: Slapd;
  let database: TestDatabase;
  let admin: AdminClient;
  let stop: () => Promise<void>;

  beforeEach(async () => {
    slapd = await startSlapd({ suffix: SUFFIX, ldif: toOrganisation(toPeople(PEOPLE)) });
    database = await openTestDatabase();
    await seedAdmin(database.connection);
    await storeSettings(database.connection, { ...settingsFor(slapd), API_Enable_Rate_Limiter: false });
    const { app, ldapSync } = createHost(database.connection);
    stop = () => ldapSync.stop();
    admin = createAdminClient(app);
    expect((await admin.run('syncNow')).counts.created).toBe(PEOPLE);
  });
  afterEach(async () => {
    await stop();
    await database.close();
    await slapd.stop();
  });

  const users = () => database.connection.collection('users');
  const modify = (uid: string, change: string) =>
    slapd.modify(`dn: uid=${uid},ou=people,${SUFFIX}\nchangetype: modify\n${change}\n`);
  const setMail = (uid: string, ...mails: string[]) =>
    modify(uid, ['replace: mail', ...mails.map((mail) => `mail: ${mail}`)].join('\n'));
  const addressOf = async (username: string) =>
    ((await users().findOne({ username }))?.emails as { address: string }[] | undefined)
      ?.map(({ address }) => address)
      .join(' ');
  const addresses = async () =>
    (await users().find({ ldap: true }).sort({ username: 1 }).toArray()).map(({ emails }) =>
      JSON.stringify(emails),
    );
  const setMailOfAll = () =>
    Array.from({ length: PEOPLE }, (_, index) => setMail(`person${index}`, `new${index}@example.org`));

  it('takes it in the same run, is written down whole, and is taken back by a revert', async () => {
    setMail('person1', 'new@example.org');
    const run = await admin.run('syncNow');
    expect(run).toMatchObject({ state: 'completed', counts: { updated: 1 } });
    expect(await addressOf('person1')).toBe('new@example.org');
    expect(await admin.changes(run._id)).toMatchObject([
      {
        kind: 'clear',
        state: 'done',
        fields: [
          {
            field: 'emails',
            from: [{ address: 'person1@example.org', verified: true }],
            to: [{ address: 'new@example.org', verified: true }],
          },
        ],
      },
    ]);
    const before = await users().findOne({ username: 'person1' });
    expect(before).not.toHaveProperty('ldapSync.claim');
    expect(await admin.run('revertRun', { runId: run._id })).toMatchObject({
      state: 'completed',
      counts: { updated: 1 },
    });
    expect(await addressOf('person1')).toBe('person1@example.org');
    expect(await admin.run('syncNow')).toMatchObject({ counts: { updated: 1 } });
    expect(await admin.run('syncNow')).toMatchObject({ counts: { unchanged: PEOPLE } });
  });

  it('may be one of several, before and after', async () => {
    setMail('person1', 'person1@example.org', 'second@example.org');
    await admin.run('syncNow');
    setMail('person1', 'third@example.org', 'second@example.org', 'fourth@example.org');
    const { _id: runId, counts } = await admin.run('syncNow');
    expect(counts).toMatchObject({ updated: 1, unchanged: PEOPLE - 1 });
    expect(await addressOf('person1')).toBe('third@example.org second@example.org fourth@example.org');
    await admin.run('revertRun', { runId });
    expect(await addressOf('person1')).toBe('person1@example.org second@example.org');
  });

  it('waits for an approval where too many would lose theirs, as after a wrong mapping', async () => {
    const before = await addresses();
    setMailOfAll();
    const held = await admin.run('syncNow');
    expect(held).toMatchObject({
      state: 'held',
      held: {
        clearings: PEOPLE,
        approvable: true,
        reason: expect.stringContaining(
          '11 of 11 linked users would be stripped of an address or another value',
        ),
      },
    });
    expect(await addresses()).toEqual(before);
    expect((await admin.run('syncNow')).state).toBe('held');
    expect(await addresses()).toEqual(before);
    const { _id: runId } = await admin.run('syncNow');
    setMail('person3', 'newer@example.org');
    expect(await admin.run('approveRun', { runId })).toMatchObject({
      state: 'completed',
      counts: { updated: PEOPLE - 1, unchanged: 1 },
    });
    expect(await addressOf('person2')).toBe('new2@example.org');
    // The directory says something else again: nobody has approved that.
    expect(await addressOf('person3')).toBe('person3@example.org');
  });

  it('waits, however few there are, when no entry has the attribute and addresses are made of user names', async () => {
    await storeSettings(database.connection, {
      LDAP_Guard_Always_Allowed: 100,
      LDAP_Default_Domain: 'wrong.example',
    });
    const before = await addresses();
    for (let index = 0; index < PEOPLE; index += 1) modify(`person${index}`, 'delete: mail');
    expect(await admin.run('syncNow')).toMatchObject({
      state: 'held',
      held: {
        clearings: PEOPLE,
        reason: expect.stringContaining('No entry at all has the attribute of the e-mail address'),
      },
    });
    expect(await addresses()).toEqual(before);
  });

  it('waits when the sweep was not complete, while a further address is added at once', async () => {
    setMail('person1', 'new@example.org');
    setMail('person2', 'person2@example.org', 'second@example.org');
    await storeSettings(database.connection, { LDAP_Search_Size_Limit: PEOPLE - 1 });
    expect((await admin.run('syncNow')).state).toBe('failed');
    expect(await addressOf('person1')).toBe('person1@example.org');
    expect(await addressOf('person2')).toBe('person2@example.org second@example.org');
  });

  it('may be one that somebody else gives up in the same run, whatever the order', async () => {
    setMail('person1', 'person2@example.org');
    setMail('person2', 'person3@example.org');
    setMail('person3', 'new@example.org');
    expect(await admin.run('syncNow')).toMatchObject({
      state: 'completed',
      counts: { updated: 3, conflicted: 0 },
    });
    expect([await addressOf('person1'), await addressOf('person2'), await addressOf('person3')]).toEqual([
      'person2@example.org',
      'person3@example.org',
      'new@example.org',
    ]);
  });

  it('that nobody gives up is a conflict, which costs nothing but the address', async () => {
    setMail('person1', 'person2@example.org');
    setMail('person2', 'person1@example.org');
    modify('person1', 'replace: cn\ncn: New name');
    setMail('person4', 'ADMIN@example.org');
    await users().updateOne(
      { username: 'admin' },
      { $set: { emails: [{ address: 'admin@example.org', verified: true }] } },
    );
    const run = await admin.run('syncNow');
    expect(run).toMatchObject({ state: 'completed', counts: { conflicted: 3, updated: 0 } });
    expect(run.attention).toContainEqual(
      expect.objectContaining({
        username: 'person1',
        outcome: 'conflicted',
        reason: expect.stringContaining('person2@example.org'),
      }),
    );
    expect(await users().findOne({ username: 'person1' })).toMatchObject({
      name: 'New name',
      emails: [{ address: 'person1@example.org' }],
    });
    expect(await addressOf('person4')).toBe('person4@example.org');
    const preview = await admin.run('previewSync');
    expect(preview.counts).toEqual({ ...run.counts, conflicted: 3 });
  });

  it('takes the place of what cannot be read, too', async () => {
    await users().updateOne(
      { username: 'person1' },
      { $set: { emails: [null, { address: 'person1@example.org', verified: false }, 'x'] as never } },
    );
    setMail('person1', 'new@example.org');
    expect(await admin.run('syncNow')).toMatchObject({ counts: { updated: 1 }, attention: [] });
    expect(await addressOf('person1')).toBe('new@example.org');
  });

  it('does not overwrite one that the user has been given since', async () => {
    setMailOfAll();
    const { _id: runId } = await admin.run('syncNow');
    await users().updateOne(
      { username: 'person1' },
      { $push: { emails: { address: 'own@example.org', verified: true } as never } },
    );
    const approval = await admin.run('approveRun', { runId });
    expect(approval).toMatchObject({ state: 'completed', counts: { updated: PEOPLE - 1, unchanged: 1 } });
    expect(await addressOf('person1')).toBe('person1@example.org own@example.org');
  });

  it('is not taken back where somebody else has the earlier one by now, which is said', async () => {
    setMail('person1', 'new@example.org');
    const { _id: runId } = await admin.run('syncNow');
    await users().updateOne(
      { username: 'admin' },
      { $set: { emails: [{ address: 'person1@example.org', verified: true }] } },
    );
    const revert = await admin.run('revertRun', { runId });
    expect(revert).toMatchObject({
      counts: { updated: 0, unchanged: 1 },
      attention: [{ username: 'person1', reason: expect.stringContaining('earlier address') }],
    });
    expect(await addressOf('person1')).toBe('new@example.org');
  });

  it('is taken back also where the run was killed before it wrote down that it was done, and only where it was', async () => {
    setMail('person1', 'new@example.org');
    setMail('person2', 'other@example.org');
    const { _id: runId } = await admin.run('syncNow');
    const { connection } = database;
    await connection
      .collection('ldap_sync_changes')
      .updateMany({}, { $set: { 'rows.$[].state': 'waiting' } });
    await connection
      .collection('ldap_sync_runs')
      .updateOne({ _id: runId as never }, { $set: { state: 'interrupted' }, $unset: { settled: '' } });
    await users().updateOne({ username: 'person1' }, { $set: { 'ldapSync.takenByRun': runId } });
    // As if the run had not come that far.
    await users().updateOne(
      { username: 'person2' },
      { $set: { emails: [{ address: 'person2@example.org', verified: true }] } },
    );
    expect(await admin.run('revertRun', { runId })).toMatchObject({
      state: 'completed',
      counts: { updated: 1, unchanged: 0 },
      attention: [],
    });
    expect([await addressOf('person1'), await addressOf('person2')]).toEqual([
      'person1@example.org',
      'person2@example.org',
    ]);
  });

  it('is explained before it happens', async () => {
    setMail('person1', 'person2@example.org');
    const { body } = await admin.get('explainUser', { username: 'person1' });
    expect(body.guard).toMatchObject({
      waiting: ['clear'],
      explanation: expect.stringMatching(
        /^A loss of an address or another value waits: .* The address person2@example\.org belongs to another account /,
      ),
    });
  });
});
