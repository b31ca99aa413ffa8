import { startSamba, type Samba } from '../../dev/samba.js';
import { COMPANY, SERVICE_DN, SERVICE_PASSWORD } from '../setup/active-directory.js';
import { toCompany, toStaff, type AdPerson } from '../setup/ad-company.js';
import { createAdminClient, type AdminClient } from '../setup/admin-client.js';
import { createHost, seedAdmin, storeSettings, type TestHost } from '../setup/host.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';
import { storeRocketChatDefaults } from '../setup/rocketchat-defaults.js';
import { describeWithSamba } from '../setup/samba.js';
import { previewSuggested, suggest, toValues } from '../setup/suggested.js';

const STAFF = toStaff(220);
const WITH_ADDRESS = STAFF.filter(({ oddity }: AdPerson) => oddity !== 'no-address');

describeWithSamba('the settings of an Active Directory', () => {
  let samba: Samba;
  let database: TestDatabase;
  let host: TestHost;
  let admin: AdminClient;

  beforeAll(async () => {
    samba = await startSamba(await toCompany(STAFF));
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
    await samba.stop();
  });

  const given = () => ({
    LDAP_Host: samba.host,
    LDAP_Authentication: true,
    LDAP_Authentication_UserDN: SERVICE_DN,
    LDAP_Authentication_Password: SERVICE_PASSWORD,
  });

  it('are proposed, and a preview with them as they are finds everybody who has an address', async () => {
    const body = await suggest(admin, given());
    expect(toValues(body.proposals)).toMatchObject({
      LDAP_Server_Type: 'ad',
      LDAP_BaseDN: samba.baseDN,
      LDAP_User_Search_Filter: '(&(objectCategory=person)(objectClass=user))',
      LDAP_AD_User_Search_Field: 'sAMAccountName',
      LDAP_AD_Username_Field: 'sAMAccountName',
      LDAP_AD_Email_Field: 'mail',
      LDAP_Unique_Identifier_Field: 'objectGUID',
      LDAP_Avatar_Field: 'thumbnailPhoto',
      LDAP_Sync_User_Active_State: 'disable',
      LDAP_Active_State_Attributes: 'accountExpires',
      LDAP_Group_Filter_Group_Member_Attribute: 'member',
    });
    expect(body.server.kind).toBe('samba');
    const run = await previewSuggested(admin, given());
    expect(run.counts.created).toBe(WITH_ADDRESS.length);
  });

  it('are tested section by section: the account, its rights, and people as they would be written', async () => {
    const { proposals } = await suggest(admin, given());
    const settings = { ...given(), ...toValues(proposals) };
    const sections = ['connection', 'account', 'people', 'mapping'];
    const { body } = await admin.post('testSettings', { sections, settings });
    const { connection, account, people, mapping } = body.sections;
    expect([connection.state, connection.facts.server.kind]).toEqual(['ok', 'samba']);
    expect(account.facts.bindDN).toBe(SERVICE_DN);
    const rights = new Map(
      account.facts.rights.map((right: { what: string; isReadable: unknown }) => [
        right.what,
        right.isReadable,
      ]),
    );
    expect(rights).toEqual(
      new Map<string, unknown>([
        ['people', true],
        ['id', true],
        ['state', true],
        ['groups', true],
        ['deleted', expect.any(Boolean)],
      ]),
    );
    expect(people.facts.count).toBeGreaterThan(STAFF.length);
    expect(mapping.facts.people.length).toBe(5);
  });

  it('of who may see deleted entries say so', async () => {
    const settings = {
      ...given(),
      LDAP_BaseDN: COMPANY,
      LDAP_Authentication_UserDN: samba.adminDN,
      LDAP_Authentication_Password: samba.adminPassword,
    };
    const { body } = await admin.post('testSettings', { sections: ['account'], settings });
    expect(body.sections.account.facts.rights).toContainEqual(
      expect.objectContaining({ what: 'deleted', isReadable: true }),
    );
    expect(body.sections.account.facts).toHaveProperty('passwordExpires');
  });
});
