import { startSlapd, type Slapd } from '../../dev/slapd.js';
import { createAdminClient } from '../setup/admin-client.js';
import { createHost, seedAdmin, storeSettings, type TestHost } from '../setup/host.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';
import { settingsFor, SUFFIX, toOrganisation, toPeople } from '../setup/organisation.js';
import { describeWithSlapd } from '../setup/slapd.js';

const DAY_MS = 86_400_000;

describeWithSlapd('the schedule of a host', () => {
  let slapd: Slapd;
  let database: TestDatabase;
  let host: TestHost;

  beforeAll(async () => {
    slapd = await startSlapd({ suffix: SUFFIX, ldif: toOrganisation(toPeople(2)) });
  });
  afterAll(() => slapd.stop());
  beforeEach(async () => {
    database = await openTestDatabase();
    await seedAdmin(database.connection);
    await storeSettings(database.connection, {
      ...settingsFor(slapd),
      LDAP_Background_Sync_Interval: '0 3 * * *',
      LDAP_Sync_Time_Zone: 'UTC',
    });
    host = createHost(database.connection);
  });
  afterEach(async () => {
    await host.ldapSync.stop();
    await database.close();
  });

  const status = async () => (await createAdminClient(host.app).get('status')).body;

  it('is off until the host starts it; then the status says what is due when', async () => {
    const jobs = [
      { job: 'LDAP_Sync', pattern: '0 3 * * *', nextAt: expect.stringMatching(/T03:00/), last: null },
    ];
    expect(await status()).toMatchObject({
      nextRunAt: null,
      schedule: { isStarted: false, jobs, problems: [] },
    });
    host.ldapSync.start();
    expect(await status()).toMatchObject({
      nextRunAt: expect.stringMatching(/T03:00/),
      schedule: { isStarted: true, jobs },
    });
  });

  it('starts a sync that is due, which is recorded as asked for by the schedule', async () => {
    const slots = database.connection.collection('ldap_sync_schedule');
    await slots.insertOne({
      _id: 'LDAP_Sync' as never,
      slot: new Date(Date.now() - 3 * DAY_MS),
      runId: 'old',
    });
    const ended = new Promise<{ readonly runId?: string; readonly _id?: string }>((resolve) => {
      host.ldapSync.events.on('run:finished', resolve);
    });
    host.ldapSync.start();
    expect(await ended).toMatchObject({ state: 'completed', requestedBy: { username: 'schedule' } });
    const { schedule } = await status();
    expect(schedule.jobs).toMatchObject([
      { last: { slot: expect.stringMatching(/T03:00/), runId: expect.any(String) } },
    ]);
  });

  it('warns of a Rocket.Chat that has the same job, and of a pattern that is no good', async () => {
    await database.connection
      .collection('rocketchat_cron')
      .insertOne({ name: 'LDAP_Sync', type: 'normal', nextRunAt: new Date() });
    await storeSettings(database.connection, { LDAP_Background_Sync_Interval: 'now and then' });
    host.ldapSync.start();
    const { schedule } = await status();
    expect(schedule.problems).toMatchObject([
      { setting: 'LDAP_Background_Sync_Interval', message: expect.stringContaining('every_24_hours counts') },
      { message: expect.stringContaining('LDAP_Sync'), remedy: expect.stringContaining('start()') },
    ]);
    expect(schedule.jobs).toMatchObject([{ pattern: '0 0 * * *' }]);
  });
});
