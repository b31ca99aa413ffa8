import { createCertificates, type Certificates } from '../../../dev/certificates.js';
import { startSlapd, type Slapd } from '../../../dev/slapd.js';
import { createAdminClient, type AdminClient } from '../../setup/admin-client.js';
import { createHost, seedAdmin, storeSettings, type TestHost } from '../../setup/host.js';
import { openTestDatabase, type TestDatabase } from '../../setup/mongo.js';
import { settingsFor, SUFFIX, toOrganisation, toPeople, toPersonLdif } from '../../setup/organisation.js';
import { describeWithSlapd } from '../../setup/slapd.js';

type Values = Readonly<Record<string, unknown>>;

const BASE = `ou=people,${SUFFIX}`;
const GROUPS = [
  `dn: ou=groups,${SUFFIX}\nobjectClass: organizationalUnit\nou: groups`,
  `dn: cn=staff,ou=groups,${SUFFIX}\nobjectClass: groupOfNames\ncn: staff\nmember: uid=person0,${BASE}\nmember: uid=person1,${BASE}`,
  `dn: cn=all,ou=groups,${SUFFIX}\nobjectClass: groupOfNames\ncn: all\nmember: cn=staff,ou=groups,${SUFFIX}`,
];
const ROLES = {
  LDAP_Sync_User_Data_Roles: true,
  LDAP_Sync_User_Data_Roles_BaseDN: `ou=groups,${SUFFIX}`,
  LDAP_Sync_User_Data_Roles_Filter: '(&(cn=#{groupName})(member=#{userdn}))',
  LDAP_Sync_User_Data_RolesMap: '{"staff":"user","gone":"admin"}',
};

describeWithSlapd('ldap.testSettings, section by section', () => {
  let slapd: Slapd;
  let certificates: Certificates;
  let database: TestDatabase;
  let host: TestHost;
  let admin: AdminClient;

  beforeAll(async () => {
    certificates = createCertificates();
    const people = [toPersonLdif('mute', { mail: undefined, cn: 'Mute\u0007 One' }), ...toPeople(3)];
    slapd = await startSlapd({
      suffix: SUFFIX,
      ldif: toOrganisation([...people, ...GROUPS]),
      tls: certificates.server,
    });
    database = await openTestDatabase();
    await seedAdmin(database.connection);
    await storeSettings(database.connection, {
      ...settingsFor(slapd),
      LDAP_BaseDN: BASE,
      API_Enable_Rate_Limiter: false,
    });
    host = createHost(database.connection);
    admin = createAdminClient(host.app);
  });
  afterAll(async () => {
    await host.ldapSync.stop();
    await database.close();
    await slapd.stop();
    certificates.remove();
  });

  async function test(sections: readonly string[], settings?: Values) {
    const { status, body } = await admin.post('testSettings', { sections, ...(settings ? { settings } : {}) });
    expect([status, Object.keys(body)]).toEqual([200, ['sections', 'success']]);
    return body.sections;
  }

  it('dump', async () => {
    const all = ['connection', 'account', 'people', 'mapping', 'groups'];
    console.log(JSON.stringify(await test(all, ROLES), null, 1));
    console.log(JSON.stringify(await test(['connection', 'account'], { LDAP_Encryption: 'tls', LDAP_Authentication_Password: slapd.rootPassword }), null, 1));
  });
});
