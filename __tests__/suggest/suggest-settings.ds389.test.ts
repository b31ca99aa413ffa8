import { startDs389, type Ds389 } from '../../dev/ds389.js';
import { toLdif } from '../setup/active-directory.js';
import { createAdminClient, type AdminClient } from '../setup/admin-client.js';
import { describeWithDs389 } from '../setup/ds389.js';
import { createHost, seedAdmin, storeSettings, type TestHost } from '../setup/host.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';
import { PLANET, planetSettings, PLANET_PEOPLE, toPlanet, toPlanetPerson } from '../setup/planet.js';
import { storeRocketChatDefaults } from '../setup/rocketchat-defaults.js';
import { previewSuggested, suggest, toValues } from '../setup/suggested.js';

const NAMES = ['ada', 'bob', 'cy'];
const GROUP = toLdif(`cn=desk,${PLANET}`, {
  objectClass: 'groupOfUniqueNames',
  cn: 'desk',
  uniqueMember: [`uid=ada,${PLANET_PEOPLE}`],
});

describeWithDs389('the settings of a 389-DS', () => {
  let ds389: Ds389;
  let database: TestDatabase;
  let host: TestHost;
  let admin: AdminClient;

  beforeAll(async () => {
    ds389 = await startDs389({
      suffix: PLANET,
      ldif: toPlanet([...NAMES.map((uid) => toPlanetPerson(uid)), GROUP]),
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
    await ds389.stop();
  });

  const given = (account?: 'svc-least') => {
    const settings = planetSettings(ds389, account);
    const names = ['LDAP_Host', 'LDAP_Port', 'LDAP_Authentication'];
    const wanted = [...names, 'LDAP_Authentication_UserDN', 'LDAP_Authentication_Password'];
    return Object.fromEntries(wanted.map((name) => [name, settings[name]]));
  };

  it('are proposed, and a preview with them as they are finds everybody who has an address', async () => {
    const body = await suggest(admin, given());
    expect(toValues(body.proposals)).toMatchObject({
      LDAP_Server_Type: '',
      LDAP_User_Search_Filter: '(objectClass=inetOrgPerson)',
      LDAP_Username_Field: 'uid',
      LDAP_Email_Field: 'mail',
      LDAP_Unique_Identifier_Field: 'nsUniqueId',
      LDAP_Group_Filter_ObjectClass: 'groupOfUniqueNames',
      LDAP_Group_Filter_Group_Member_Attribute: 'uniqueMember',
    });
    expect(body.server.kind).toBe('389-ds');
    expect((await previewSuggested(admin, given())).counts.created).toBe(NAMES.length);
  });

  it.each([
    ['everything', undefined, true, 'ok'],
    ['all but nsAccountLock', 'svc-least', false, 'warning'],
  ] as const)('are tested by an account that may read %s', async (_, account, isReadable, state) => {
    const settings = { ...planetSettings(ds389, account), LDAP_BaseDN: PLANET_PEOPLE };
    const { body } = await admin.post('testSettings', { sections: ['account'], settings });
    expect(body.sections.account).toMatchObject({
      state,
      facts: { rights: expect.arrayContaining([expect.objectContaining({ what: 'state', isReadable })]) },
    });
  });
});
