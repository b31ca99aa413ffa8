import { startSlapd, type Slapd } from '../../dev/slapd.js';
import { createAdminClient, type AdminClient } from '../setup/admin-client.js';
import { createHost, seedAdmin, storeSettings } from '../setup/host.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';
import { settingsFor, SUFFIX, toOrganisation, toPeople } from '../setup/organisation.js';
import { describeWithSlapd } from '../setup/slapd.js';

const PEOPLE = 4;

describeWithSlapd('an address of a real directory that is to take the place of another', () => {
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

  const setMail = (uid: string, ...mails: string[]) =>
    slapd.modify(
      [
        `dn: uid=${uid},ou=people,${SUFFIX}\nchangetype: modify\nreplace: mail`,
        ...mails.map((mail) => `mail: ${mail}`),
        '',
      ].join('\n'),
    );
  const addressOf = async (username: string) =>
    ((await database.connection.collection('users').findOne({ username }))?.emails as { address: string }[])
      .map(({ address }) => address)
      .join(' ');

  it('is explained, taken in the same run, and taken back by a revert', async () => {
    setMail('person1', 'person2@example.org');
    const { body } = await admin.get('explainUser', { username: 'person1' });
    expect(body.guard).toMatchObject({
      waiting: ['clear'],
      explanation: expect.stringMatching(
        /^A loss of an address or another value waits: .* The address person2@example\.org belongs to another account /,
      ),
    });
    setMail('person2', 'new@example.org', 'second@example.org');
    const run = await admin.run('syncNow');
    expect(run).toMatchObject({ state: 'completed', counts: { updated: 2, conflicted: 0 } });
    expect([await addressOf('person1'), await addressOf('person2')]).toEqual([
      'person2@example.org',
      'new@example.org second@example.org',
    ]);
    await admin.run('revertRun', { runId: run._id });
    expect([await addressOf('person1'), await addressOf('person2')]).toEqual([
      'person1@example.org',
      'person2@example.org',
    ]);
  });
});
