import { createCertificates, type Certificates } from '../../dev/certificates.js';
import { startSlapd, type Slapd } from '../../dev/slapd.js';
import type { LdapSync } from '../../lib/create-ldap-sync.js';
import { createAdminClient, type AdminClient } from '../setup/admin-client.js';
import { createHost, seedAdmin, storeSettings } from '../setup/host.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';
import { settingsFor, SUFFIX, toOrganisation, toPeople } from '../setup/organisation.js';
import { describeWithSlapd } from '../setup/slapd.js';

describeWithSlapd('the certificate of a directory', () => {
  let certificates: Certificates;
  let slapd: Slapd;
  let database: TestDatabase;
  let ldapSync: LdapSync;
  let admin: AdminClient;

  beforeAll(() => {
    certificates = createCertificates();
  });
  afterAll(() => certificates.remove());
  beforeEach(async () => {
    const ldif = toOrganisation(toPeople(2));
    slapd = await startSlapd({ suffix: SUFFIX, ldif, tls: certificates.sentWithAuthority });
    database = await openTestDatabase();
    await seedAdmin(database.connection);
    await set({ ...settingsFor(slapd), LDAP_CA_Cert: certificates.caText });
    let app;
    ({ app, ldapSync } = createHost(database.connection));
    admin = createAdminClient(app);
  });
  afterEach(async () => {
    await ldapSync.stop();
    await database.close();
    await slapd.stop();
  });

  const set = (settings: Readonly<Record<string, unknown>>) => storeSettings(database.connection, settings);
  const directory = async () => (await admin.get('status')).body.directory;
  const SSL = () => ({ LDAP_Encryption: 'ssl', LDAP_Port: slapd.ldapsPort });

  it.each([
    ['StartTLS', () => ({ LDAP_Encryption: 'tls' })],
    ['LDAPS', SSL],
  ])(
    'is told by the status after a sync over %s: the one of the chain that ends first',
    async (_, settings) => {
      await set(settings());
      const { _id: runId, server } = await ldapSync.sync();
      expect(server?.certificate?.subject).toBe('Test authority');
      await slapd.stop();
      const { certificate, problems } = await directory();
      expect(certificate).toMatchObject({ subject: 'Test authority', daysLeft: 1, host: '127.0.0.1', runId });
      expect(problems).toEqual([
        expect.objectContaining({
          code: 'certificate-ends-soon',
          params: expect.objectContaining({ days: 1, subject: 'Test authority' }),
        }),
      ]);
    },
  );

  it('stays known while no sync reaches the directory, and is not taken from settings that were only tried', async () => {
    await set(SSL());
    const { _id: runId } = await ldapSync.sync();
    const settings = { LDAP_Encryption: 'plain', LDAP_Port: slapd.port };
    await admin.run('previewSync', {
      settings: { ...settings, LDAP_Authentication_Password: slapd.rootPassword },
    });
    await slapd.stop();
    expect((await ldapSync.sync()).state).toBe('failed');
    expect(await directory()).toMatchObject({ certificate: { runId } });
  });

  it('is none of a connection in clear', async () => {
    await ldapSync.sync();
    expect(await directory()).toEqual({ certificate: null, problems: [] });
  });
});
