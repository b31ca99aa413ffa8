import { startSlapd, type Slapd } from '../../dev/slapd.js';
import { createAdminClient, type AdminClient } from '../setup/admin-client.js';
import { createHost, seedAdmin, storeSettings, type TestHost } from '../setup/host.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';
import { SUFFIX, toOrganisation, toPeople, toPersonLdif } from '../setup/organisation.js';
import { storeRocketChatDefaults } from '../setup/rocketchat-defaults.js';
import { describeWithSlapd } from '../setup/slapd.js';
import { previewSuggested, suggest, toValues } from '../setup/suggested.js';

const BASE = `ou=people,${SUFFIX}`;
const GROUPS = [
  `dn: ou=groups,${SUFFIX}\nobjectClass: organizationalUnit\nou: groups`,
  `dn: cn=staff,ou=groups,${SUFFIX}\nobjectClass: groupOfNames\ncn: staff\nmember: uid=person0,${BASE}`,
  `dn: cn=all,ou=groups,${SUFFIX}\nobjectClass: groupOfNames\ncn: all\nmember: cn=staff,ou=groups,${SUFFIX}`,
];

describeWithSlapd('ldap.suggestSettings on an OpenLDAP', () => {
  let slapd: Slapd;
  let database: TestDatabase;
  let host: TestHost;
  let admin: AdminClient;

  beforeAll(async () => {
    const ada = toPersonLdif('ada', { displayName: 'Ada', jpegPhoto: Buffer.from('ffd8ff', 'hex') });
    slapd = await startSlapd({
      suffix: SUFFIX,
      ldif: toOrganisation([ada, ...toPeople(4), ...GROUPS]),
      databaseConfig: 'access to * by users read by * none',
    });
    database = await openTestDatabase();
    await seedAdmin(database.connection);
    await storeRocketChatDefaults(database.connection);
    await storeSettings(database.connection, { API_Enable_Rate_Limiter: false });
    host = createHost(database.connection);
    admin = createAdminClient(host.app);
  });
  afterAll(async () => {
    await host.ldapSync.stop();
    await database.close();
    await slapd.stop();
  });

  const given = () => ({
    LDAP_Host: '127.0.0.1',
    LDAP_Port: slapd.port,
    LDAP_Authentication: true,
    LDAP_Authentication_UserDN: slapd.rootDN,
    LDAP_Authentication_Password: slapd.rootPassword,
  });

  it('proposes what the entries have, each value with what speaks for it', async () => {
    const body = await suggest(admin, given());
    expect(toValues(body.proposals)).toMatchObject({
      LDAP_Server_Type: '',
      LDAP_BaseDN: BASE,
      LDAP_User_Search_Filter: '(objectClass=inetOrgPerson)',
      LDAP_User_Search_Field: 'uid',
      LDAP_Username_Field: 'uid',
      LDAP_Name_Field: 'displayName,cn',
      LDAP_Email_Field: 'mail',
      LDAP_Unique_Identifier_Field: 'entryUUID',
      LDAP_Avatar_Field: 'jpegPhoto',
      LDAP_Group_Filter_ObjectClass: 'groupOfNames',
      LDAP_Group_Filter_Group_Member_Attribute: 'member',
      LDAP_Group_Filter_Group_Member_Format: '#{userdn}',
      LDAP_Sync_User_Data_Roles_BaseDN: `ou=groups,${SUFFIX}`,
      LDAP_Sync_User_Data_Roles_Filter: '(&(cn=#{groupName})(member=#{userdn}))',
    });
    for (const { because, seen } of body.proposals) {
      expect(because).toMatch(/\d|The server/);
      expect(seen).not.toEqual([]);
    }
    expect(body).toMatchObject({
      server: { kind: 'openldap' },
      contexts: [SUFFIX],
      looked: { base: SUFFIX, people: 5, isMore: false, groups: 2 },
      needs: [],
    });
  });

  it('proposes what a preview takes as it is, which finds everybody', async () => {
    const run = await previewSuggested(admin, given());
    expect(run).toMatchObject({ state: 'completed', counts: { read: 5, created: 5 }, problems: [] });
  });

  it('says that a service account is needed where nobody has signed in and nobody is shown', async () => {
    const { LDAP_Host, LDAP_Port } = given();
    const body = await suggest(admin, { LDAP_Host, LDAP_Port });
    expect(body).toMatchObject({
      server: { kind: 'openldap' },
      contexts: [SUFFIX],
      proposals: [],
      needs: [{ setting: 'LDAP_Authentication', message: expect.stringContaining(SUFFIX) }],
    });
  });

  it('reads the root entry without the account where that is refused, and says why it is', async () => {
    const body = await suggest(admin, { ...given(), LDAP_Authentication_Password: 'not-the-password' });
    expect(body).toMatchObject({
      contexts: [SUFFIX],
      proposals: [],
      needs: [{ setting: 'LDAP_Authentication_UserDN' }, { setting: 'LDAP_Authentication' }],
    });
    expect(JSON.stringify(body)).not.toContain('not-the-password');
  });

  it('proposes nothing for what comes from the environment, and says what would fit', async () => {
    const environment = { OVERWRITE_SETTING_LDAP_BaseDN: 'dc=elsewhere' };
    const fixed = createHost(database.connection, { environment });
    const body = await suggest(createAdminClient(fixed.app), given());
    expect(toValues(body.proposals)).not.toHaveProperty('LDAP_BaseDN');
    expect(body.hints).toContainEqual(expect.objectContaining({ setting: 'LDAP_BaseDN', value: BASE }));
    await fixed.ldapSync.stop();
  });

  it('answers a directory that cannot be reached with the reason, and takes no other body', async () => {
    const { status, body } = await admin.post('suggestSettings', { settings: { ...given(), LDAP_Port: 1 } });
    expect([status, body.errorType]).toEqual([400, 'error-ldap-connection-failed']);
    for (const other of [{ settings: {} }, { settings: [] }, { host: 'x' }])
      expect((await admin.post('suggestSettings', other)).body.errorType).toBe('invalid-params');
  });

  it('is refused while LDAP is off and nothing is tried out', async () => {
    expect((await admin.post('suggestSettings')).body).toEqual({ success: false, error: 'LDAP_disabled' });
  });
});
