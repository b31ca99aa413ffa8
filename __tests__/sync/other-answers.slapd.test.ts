import { startSlapd, type Slapd } from '../../dev/slapd.js';
import type { LdapSync } from '../../lib/create-ldap-sync.js';
import { createAdminClient, type AdminClient } from '../setup/admin-client.js';
import { createHost, seedAdmin, storeSettings } from '../setup/host.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';
import { settingsFor, SUFFIX, toOrganisation, toPeople, toPersonLdif } from '../setup/organisation.js';
import { describeWithSlapd } from '../setup/slapd.js';

const PEOPLE = 20;
const ACCOUNT = `cn=svc,${SUFFIX}`;
const ACCOUNT_LDIF = `dn: ${ACCOUNT}\nobjectClass: person\ncn: svc\nsn: svc\nuserPassword: svc-secret`;
const CHILD = [
  `dn: ou=child,${SUFFIX}\nchangetype: add\nobjectClass: referral\nobjectClass: extensibleObject\nou: child`,
  'ref: ldap://child.example.org/dc=child,dc=example,dc=org\n',
].join('\n');
const OWN = CHILD.replaceAll('ou=child', 'ou=own')
  .replace('ou: child', 'ou: own')
  .replace(/ldap:.*/, 'ldap://lab.example/DC=ForestDnsZones,DC=lab,DC=example');
const remove = (uid: string): string => `dn: uid=${uid},ou=people,${SUFFIX}\nchangetype: delete\n`;
const rename = (index: number): string =>
  `dn: uid=person${index},ou=people,${SUFFIX}\nchangetype: modify\nreplace: mail\nmail: p${index}@example.com\n`;

describeWithSlapd('a sync of a directory that answers differently', () => {
  let slapd: Slapd;
  let database: TestDatabase;
  let ldapSync: LdapSync;
  let admin: AdminClient;
  const stops: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
  });

  async function start(databaseConfig = '', settings: Readonly<Record<string, unknown>> = {}): Promise<void> {
    const ldif = toOrganisation([ACCOUNT_LDIF, ...toPeople(PEOPLE)]);
    slapd = await startSlapd({ suffix: SUFFIX, ldif, databaseConfig });
    stops.push(() => slapd.stop());
    database = await openTestDatabase();
    stops.push(() => database.close());
    await seedAdmin(database.connection);
    const host = createHost(database.connection);
    ({ ldapSync } = host);
    admin = createAdminClient(host.app);
    stops.push(() => ldapSync.stop());
    await storeSettings(database.connection, {
      ...settingsFor(slapd),
      LDAP_Authentication_UserDN: ACCOUNT,
      LDAP_Authentication_Password: 'svc-secret',
      ...settings,
    });
  }

  it('with a soft limit of 5 looks six people up in pages', async () => {
    await start(`limits dn.exact="${ACCOUNT}" size.soft=5 size.prtotal=unlimited`, {
      LDAP_Guard_Always_Allowed: 10,
      LDAP_Search_Page_Size: 3,
    });
    expect(await ldapSync.sync()).toMatchObject({ state: 'completed', counts: { created: PEOPLE } });
    for (let index = 0; index < 6; index += 1) slapd.modify(rename(index));
    expect(await ldapSync.sync()).toMatchObject({ state: 'completed', counts: { updated: 6 } });
    for (let index = 0; index < 6; index += 1) slapd.modify(remove(`person${index}`));
    expect(await ldapSync.sync()).toMatchObject({ state: 'completed', counts: { deactivated: 6 } });
  });

  it('whose server refuses the page size goes on with smaller ones, and names the setting', async () => {
    await start(`limits dn.exact="${ACCOUNT}" size.pr=4 size.prtotal=unlimited`);
    expect(await ldapSync.sync()).toMatchObject({
      state: 'completed',
      counts: { created: PEOPLE },
      problems: [{ setting: 'LDAP_Search_Page_Size', remedy: expect.stringContaining('to 3') }],
    });
    slapd.modify(remove('person0'));
    expect(await ldapSync.sync()).toMatchObject({ state: 'completed', counts: { deactivated: 1 } });
  });

  it('that refers to its own partitions takes away as ever', async () => {
    await start();
    slapd.modify(OWN);
    await ldapSync.sync();
    slapd.modify(remove('person0'));
    expect(await ldapSync.sync()).toMatchObject({ state: 'completed', counts: { deactivated: 1 } });
  });

  it('that refers elsewhere is held, and who knows what is there approves it', async () => {
    await start();
    await ldapSync.sync();
    slapd.modify(CHILD);
    slapd.modify(remove('person0'));
    const held = await ldapSync.sync();
    expect(held).toMatchObject({
      state: 'held',
      held: { approvable: true, deactivations: 1, code: 'sweep-incomplete', params: { cause: 'referral' } },
    });
    expect(await admin.run('approveRun', { runId: held._id })).toMatchObject({
      state: 'completed',
      counts: { deactivated: 1 },
    });
  });

  it('of aliases alone names the setting that follows them, and follows them by it', async () => {
    await start('', { LDAP_BaseDN: `ou=chat,${SUFFIX}` });
    slapd.modify(
      [
        `dn: ou=chat,${SUFFIX}\nchangetype: add\nobjectClass: organizationalUnit\nou: chat\n`,
        `dn: cn=one,ou=chat,${SUFFIX}\nchangetype: add\nobjectClass: alias\nobjectClass: extensibleObject\ncn: one`,
        `aliasedObjectName: uid=person1,ou=people,${SUFFIX}\n`,
      ].join('\n'),
    );
    expect(await ldapSync.sync()).toMatchObject({
      state: 'failed',
      problems: expect.arrayContaining([expect.objectContaining({ setting: 'LDAP_Dereference_Aliases' })]),
    });
    await storeSettings(database.connection, { LDAP_Dereference_Aliases: 'searching' });
    expect(await ldapSync.sync()).toMatchObject({ state: 'completed', counts: { created: 1 } });
    expect(await ldapSync.sync()).toMatchObject({ state: 'completed', counts: { unchanged: 1 } });
  });

  it('with another host goes on there when the first is away', async () => {
    await start();
    await storeSettings(database.connection, {
      LDAP_Host: 'no-such-host.invalid',
      LDAP_Failover_Hosts: `127.0.0.1:${slapd.port}`,
    });
    expect(await ldapSync.sync()).toMatchObject({ state: 'completed', counts: { created: PEOPLE } });
  });

  it('with an address that only a check accepts fails by its remedy, and not by an exception', async () => {
    await start('', { LDAP_Host: '[fe80::1%lo]' });
    expect(await ldapSync.sync()).toMatchObject({
      state: 'failed',
      problems: expect.arrayContaining([
        expect.objectContaining({ remedy: expect.stringContaining('LDAP_Host') }),
      ]),
    });
    await storeSettings(database.connection, { LDAP_Host: '[::ffff:127.0.0.1]' });
    slapd.modify(toPersonLdif('late').replace('\n', '\nchangetype: add\n') + '\n');
    expect(await ldapSync.sync()).toMatchObject({ state: 'completed', counts: { created: PEOPLE + 1 } });
  });
});
