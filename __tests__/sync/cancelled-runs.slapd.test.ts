import { startSlapd } from '../../dev/slapd.js';
import { createAdminClient } from '../setup/admin-client.js';
import { createHost, seedAdmin, storeSettings } from '../setup/host.js';
import { openConnection, openTestDatabase } from '../setup/mongo.js';
import { settingsFor, SUFFIX, toOrganisation, toPeople } from '../setup/organisation.js';
import { describeWithSlapd } from '../setup/slapd.js';

const PEOPLE = 200;
const PAGE = 5;

describeWithSlapd('a run of a real directory that is cancelled', () => {
  it('over HTTP on another host stops, says who asked, and the next run does the rest', async () => {
    const slapd = await startSlapd({ suffix: SUFFIX, ldif: toOrganisation(toPeople(PEOPLE)) });
    const database = await openTestDatabase();
    const connection = await openConnection(database.url);
    const [running, other] = [createHost(database.connection), createHost(connection)];
    const client = createAdminClient(other.app);
    try {
      await seedAdmin(database.connection);
      await storeSettings(database.connection, {
        ...settingsFor(slapd),
        API_Enable_Rate_Limiter: false,
        LDAP_Search_Page_Size: PAGE,
      });
      let cancelled: PromiseLike<{ body: object }> | undefined;
      running.ldapSync.events.on('run:progress', ({ runId }) => {
        cancelled ??= client.post('cancelRun', { runId }).then((response) => response);
      });
      const report = await running.ldapSync.sync();
      expect((await cancelled)?.body).toMatchObject({ success: true, message: 'Cancel_requested' });
      expect(report).toMatchObject({
        state: 'cancelled',
        problems: [expect.objectContaining({ message: expect.stringContaining('admin asked') })],
      });
      const created = await database.connection.collection('users').countDocuments({ ldap: true });
      expect(report.counts.created).toBe(created);
      expect(created).toBeLessThan(PEOPLE);
      expect(await running.ldapSync.sync()).toMatchObject({
        state: 'completed',
        counts: { created: PEOPLE - created },
      });
    } finally {
      await running.ldapSync.stop();
      await other.ldapSync.stop();
      await connection.close();
      await database.close();
      await slapd.stop();
    }
  });
});
