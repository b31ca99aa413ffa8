import { startSlapd } from '../../dev/slapd.js';
import { createHost, storeSettings } from '../setup/host.js';
import { openTestDatabase } from '../setup/mongo.js';
import { settingsFor, SUFFIX, toOrganisation, toPeople } from '../setup/organisation.js';
import { describeWithSlapd } from '../setup/slapd.js';

const BASE = `ou=people,${SUFFIX}`;
const ACCOUNT = `cn=svc,${BASE}`;
const ACCOUNT_LDIF = [
  `dn: ${ACCOUNT}`,
  'objectClass: organizationalRole',
  'objectClass: simpleSecurityObject',
  'cn: svc',
  'userPassword: svcpw',
].join('\n');
const ONLY_THE_BASE = [
  'access to attrs=userPassword by anonymous auth by * none',
  `access to dn.subtree="${BASE}" by dn.exact="${ACCOUNT}" read by * none`,
  'access to * by * none',
].join('\n');

describeWithSlapd('with a service account that may read its base only', () => {
  it('who has left is still switched off', async () => {
    const slapd = await startSlapd({
      suffix: SUFFIX,
      ldif: toOrganisation([...toPeople(3), ACCOUNT_LDIF]),
      databaseConfig: ONLY_THE_BASE,
    });
    const database = await openTestDatabase();
    const { ldapSync } = createHost(database.connection);
    try {
      await storeSettings(database.connection, {
        ...settingsFor(slapd),
        LDAP_BaseDN: BASE,
        LDAP_Authentication_UserDN: ACCOUNT,
        LDAP_Authentication_Password: 'svcpw',
      });
      expect((await ldapSync.sync()).counts.created).toBe(3);
      slapd.modify(`dn: uid=person0,${BASE}\nchangetype: delete\n`);
      expect(await ldapSync.sync()).toMatchObject({ state: 'completed', counts: { deactivated: 1 } });
    } finally {
      await ldapSync.stop();
      await database.close();
      await slapd.stop();
    }
  });
});
