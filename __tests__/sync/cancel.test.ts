import { startSlapd, type Slapd } from '../../dev/slapd.js';
import { createAdminClient } from '../setup/admin-client.js';
import { createHost, seedAdmin, storeSettings } from '../setup/host.js';
import { openConnection, openTestDatabase, type TestDatabase } from '../setup/mongo.js';
import { settingsFor, SUFFIX, toOrganisation, toPeople } from '../setup/organisation.js';
import { describeWithSlapd } from '../setup/slapd.js';
import request from 'supertest';

const PEOPLE = 400;
const PAGE = 10;

describeWithSlapd('a run that is cancelled', () => {
  let slapd: Slapd;
  let database: TestDatabase;
  beforeAll(async () => {
    slapd = await startSlapd({ suffix: SUFFIX, ldif: toOrganisation(toPeople(PEOPLE)) });
  });
  afterAll(() => slapd.stop());
  beforeEach(async () => {
    database = await openTestDatabase();
    await seedAdmin(database.connection);
    await storeSettings(database.connection, {
      ...settingsFor(slapd),
      API_Enable_Rate_Limiter: false,
      LDAP_Search_Page_Size: PAGE,
    });
  });
  afterEach(() => database.close());

  const created = () => database.connection.collection('users').countDocuments({ ldap: true });

  it.each(['the same host', 'another host'])(
    'from %s stops within a page, counts what it did, and the next run does the rest',
    async (where) => {
      const connection = await openConnection(database.url);
      const running = createHost(database.connection);
      const other = where === 'another host' ? createHost(connection) : running;
      const client = createAdminClient(other.app);
      try {
        let pages = 0;
        let pagesAtCancel = Infinity;
        let cancelled: Promise<request.Response> | undefined;
        running.ldapSync.events.on('run:progress', ({ runId }) => {
          pages += 1;
          if (pages === 3) {
            // Asked for within the page; counted from when the answer has come.
            cancelled = client.post('cancelRun', { runId }).then((response) => {
              pagesAtCancel = pages;
              return response;
            });
          }
        });
        const report = await running.ldapSync.sync();
        expect((await cancelled)?.body).toMatchObject({ success: true, message: 'Cancel_requested' });
        expect(report).toMatchObject({
          state: 'cancelled',
          problems: [expect.objectContaining({ message: expect.stringContaining('admin asked') })],
        });
        expect(pages).toBeLessThanOrEqual(pagesAtCancel + 2);
        expect(report.counts.created).toBe(await created());
        expect(report.counts.created).toBeLessThan(PEOPLE);
        expect(await running.ldapSync.sync()).toMatchObject({
          state: 'completed',
          counts: { created: PEOPLE - report.counts.created },
        });
      } finally {
        await running.ldapSync.stop();
        await other.ldapSync.stop();
        await connection.close();
      }
    },
  );

  it('is asked for by whoever may sync, about a run that is going', async () => {
    const { app, ldapSync } = createHost(database.connection);
    const client = createAdminClient(app);
    const { _id: runId } = await ldapSync.sync();
    expect((await client.post('cancelRun', { runId })).body).toMatchObject({
      success: false,
      errorType: 'run-not-running',
    });
    expect((await client.post('cancelRun', { runId: 'a'.repeat(17) })).body.errorType).toBe('run-not-found');
    await database.connection.collection('rocketchat_permissions').updateMany({}, { $set: { roles: [] } });
    expect((await client.post('cancelRun', { runId })).status).toBe(403);
    expect((await request(app).post('/api/v1/ldap.cancelRun').send({ runId })).status).toBe(401);
  });
});
