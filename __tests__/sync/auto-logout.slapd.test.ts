import { startSlapd, type Slapd } from '../../dev/slapd.js';
import type { LdapSync } from '../../lib/create-ldap-sync.js';
import { countSearches } from '../setup/count-searches.js';
import { createHost, storeSettings } from '../setup/host.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';
import { settingsFor, SUFFIX, toOrganisation, toPeople } from '../setup/organisation.js';
import { describeWithSlapd } from '../setup/slapd.js';
import { startTcpProxy, type TcpProxy } from '../setup/tcp-proxy.js';

const LOCKABLE = [
  "attributetype ( 1.2.3.4.1 NAME 'loginDisabled' EQUALITY booleanMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.7 )",
  "objectclass ( 1.2.3.4.2 NAME 'lockable' AUXILIARY MAY loginDisabled )",
].join('\n');

describeWithSlapd('an auto-logout on a real directory', () => {
  let slapd: Slapd;
  let proxy: TcpProxy;
  let database: TestDatabase;
  let ldapSync: LdapSync;
  beforeAll(async () => {
    slapd = await startSlapd({ suffix: SUFFIX, ldif: toOrganisation(toPeople(110)), globalConfig: LOCKABLE });
    proxy = await startTcpProxy({ targetPort: slapd.port });
    database = await openTestDatabase();
    ({ ldapSync } = createHost(database.connection));
  });
  afterAll(async () => {
    await ldapSync.stop();
    await database.close();
    await proxy.close();
    await slapd.stop();
  });

  const change = (uid: string, ...lines: readonly string[]): void =>
    slapd.modify([`dn: uid=${uid},ou=people,${SUFFIX}`, ...lines, ''].join('\n'));
  const users = () => database.connection.collection('users');
  const signedIn = () =>
    users().countDocuments({ 'services.resume.loginTokens.hashedToken': { $exists: true } });

  it('asks three searches about 110 people who are signed in, and signs out who is disabled or gone', async () => {
    await storeSettings(database.connection, {
      ...settingsFor(slapd),
      LDAP_Port: proxy.port,
      LDAP_Sync_AutoLogout_Enabled: true,
    });
    expect(await ldapSync.sync()).toMatchObject({ state: 'completed', counts: { created: 110 } });
    for (const { _id } of await users().find({ ldap: true }).toArray())
      await users().updateOne(
        { _id },
        {
          $set: { 'services.resume.loginTokens': [{ hashedToken: `t${_id.toString()}`, when: new Date() }] },
        },
      );

    const sentBefore = proxy.sent().length;
    const quiet = await ldapSync.autoLogout();
    expect(quiet).toMatchObject({ state: 'completed', counts: { read: 110 }, idle: { runs: 1 } });
    expect(countSearches(proxy.sent().subarray(sentBefore))).toBe(3);

    const lock = [
      'add: objectClass',
      'objectClass: lockable',
      '-',
      'add: loginDisabled',
      'loginDisabled: TRUE',
    ];
    change('person3', 'changetype: modify', ...lock);
    change('person4', 'changetype: delete');
    expect(await ldapSync.autoLogout()).toMatchObject({ state: 'completed', signedOut: 1, problems: [] });
    await storeSettings(database.connection, { LDAP_Sync_AutoLogout_Gone: true });
    expect(await ldapSync.autoLogout()).toMatchObject({ state: 'completed', signedOut: 1, problems: [] });
    expect(await signedIn()).toBe(108);
    expect(await users().countDocuments({ ldap: true, active: true })).toBe(110);
  });

  it('does nothing while it is off, or LDAP is', async () => {
    for (const off of ['LDAP_Sync_AutoLogout_Enabled', 'LDAP_Enable']) {
      await storeSettings(database.connection, {
        LDAP_Sync_AutoLogout_Enabled: true,
        LDAP_Enable: true,
        [off]: false,
      });
      expect(await ldapSync.autoLogout()).toBeUndefined();
    }
  });
});
