import { startSlapd, type Slapd } from '../../dev/slapd.js';
import { createHost, storeSettings, type TestHost } from '../setup/host.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';
import { settingsFor, SUFFIX, toOrganisation, toPersonLdif } from '../setup/organisation.js';
import { describeWithSlapd } from '../setup/slapd.js';

const BASE = `ou=people,${SUFFIX}`;
/** OpenLDAP has no attribute for a disabled account; Novell's is taken. */
const LOCKABLE = [
  "attributetype ( 1.2.3.4.1 NAME 'loginDisabled' EQUALITY booleanMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.7 )",
  "objectclass ( 1.2.3.4.2 NAME 'lockable' AUXILIARY MAY loginDisabled )",
].join('\n');
const toAccount = (name: string) =>
  [
    `dn: cn=${name},${SUFFIX}`,
    'objectClass: organizationalRole',
    'objectClass: simpleSecurityObject',
    `cn: ${name}`,
    'userPassword: svcpw',
  ].join('\n');
const toLockable = (ldif: string) =>
  ldif.replace('objectClass: inetOrgPerson', '$&\nobjectClass: lockable\nloginDisabled: FALSE');
const HIDING = [
  'access to attrs=userPassword by anonymous auth by * none',
  `access to attrs=loginDisabled by dn.exact="cn=trusted,${SUFFIX}" read by * none`,
  'access to * by users read by * none',
].join('\n');

describeWithSlapd('where an access rule hides from the service account who is disabled', () => {
  let slapd: Slapd;
  let database: TestDatabase;
  let host: TestHost;
  const signInAs = (name: string) =>
    storeSettings(database.connection, { LDAP_Authentication_UserDN: `cn=${name},${SUFFIX}` });
  const stateOf = async (username: string) =>
    (await database.connection.collection('users').findOne({ username }))?.active as unknown;

  beforeEach(async () => {
    const people = [toLockable(toPersonLdif('ada')), toPersonLdif('bob'), toAccount('trusted')];
    slapd = await startSlapd({
      suffix: SUFFIX,
      ldif: toOrganisation([...people, toAccount('least')]),
      globalConfig: LOCKABLE,
      databaseConfig: HIDING,
    });
    database = await openTestDatabase();
    host = createHost(database.connection);
    await storeSettings(database.connection, {
      ...settingsFor(slapd),
      LDAP_BaseDN: BASE,
      LDAP_Authentication_Password: 'svcpw',
      LDAP_Sync_User_Active_State: 'both',
    });
    await signInAs('trusted');
    expect((await host.ldapSync.sync()).counts.created).toBe(2);
    slapd.modify(`dn: uid=ada,${BASE}\nchangetype: modify\nreplace: loginDisabled\nloginDisabled: TRUE\n`);
    expect((await host.ldapSync.sync()).counts.deactivated).toBe(1);
  });
  afterEach(async () => {
    await host.ldapSync.stop();
    await database.close();
    await slapd.stop();
  });

  it('nobody is switched on, newcomers are created off, and the run names the attributes and the right', async () => {
    await signInAs('least');
    slapd.modify(
      `dn: uid=eve,${BASE}\nchangetype: add\n${toPersonLdif('eve').split('\n').slice(1).join('\n')}\n`,
    );
    expect(await host.ldapSync.sync()).toMatchObject({
      state: 'completed',
      counts: { created: 1, unchanged: 2, reactivated: 0 },
      problems: [
        {
          message: expect.stringContaining('loginDisabled'),
          remedy: expect.stringContaining('Let the service account read'),
          setting: 'LDAP_Sync_User_Active_State',
        },
      ],
    });
    expect(await Promise.all(['ada', 'bob', 'eve'].map(stateOf))).toEqual([false, true, false]);
  });

  it('whoever is enabled is switched on once it may be read again', async () => {
    await signInAs('least');
    await host.ldapSync.sync();
    await signInAs('trusted');
    slapd.modify(`dn: uid=ada,${BASE}\nchangetype: modify\nreplace: loginDisabled\nloginDisabled: FALSE\n`);
    expect(await host.ldapSync.sync()).toMatchObject({ counts: { reactivated: 1 }, problems: [] });
    expect(await stateOf('ada')).toBe(true);
  });
});
