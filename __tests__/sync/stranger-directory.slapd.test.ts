import { startSlapd, type Slapd } from '../../dev/slapd.js';
import type { LdapSync } from '../../lib/create-ldap-sync.js';
import { createAdminClient, type AdminClient } from '../setup/admin-client.js';
import { createHost, seedAdmin, storeSettings } from '../setup/host.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';
import { settingsFor, SUFFIX, toOrganisation, toPeople, toPersonLdif } from '../setup/organisation.js';
import { describeWithSlapd } from '../setup/slapd.js';

/** So few that no limit of the guard is met. */
const PEOPLE = 3;
const STRANGERS = `ou=alumni,${SUFFIX}`;
const STRANGER = toPersonLdif('stranger').replace(/^dn: .*/, `dn: uid=stranger,${STRANGERS}`);

describeWithSlapd('a real directory that shows nobody of those who were linked before', () => {
  let slapd: Slapd;
  let database: TestDatabase;
  let ldapSync: LdapSync;
  let admin: AdminClient;

  beforeEach(async () => {
    slapd = await startSlapd({ suffix: SUFFIX, ldif: toOrganisation([...toPeople(PEOPLE), STRANGER]) });
    database = await openTestDatabase();
    await seedAdmin(database.connection);
    await storeSettings(database.connection, { ...settingsFor(slapd), API_Enable_Rate_Limiter: false });
    await lookAt(`ou=people,${SUFFIX}`);
    const host = createHost(database.connection);
    ({ ldapSync } = host);
    admin = createAdminClient(host.app);
    expect(await admin.run('syncNow')).toMatchObject({ state: 'completed', counts: { created: PEOPLE } });
    await lookAt(STRANGERS);
  });
  afterEach(async () => {
    await ldapSync.stop();
    await database.close();
    await slapd.stop();
  });

  const users = () => database.connection.collection('users');
  const lookAt = (base: string) => storeSettings(database.connection, { LDAP_BaseDN: base });
  const active = async () =>
    (await users().find({ ldap: true, active: true }).toArray())
      .map(({ username }) => username as string)
      .sort();

  it('is believed once somebody has approved the list; each of them is looked up, and who is found stays', async () => {
    expect(await admin.run('syncNow')).toMatchObject({
      state: 'held',
      held: { approvable: true, deactivations: PEOPLE, reason: expect.stringContaining('None of the 3') },
    });
    const held = await admin.run('syncNow');
    expect(held).toMatchObject({
      state: 'held',
      held: { deactivations: PEOPLE, reason: expect.stringContaining('only such were found') },
    });
    slapd.modify(
      `dn: uid=person0,ou=people,${SUFFIX}\nchangetype: modrdn\nnewrdn: uid=person0\ndeleteoldrdn: ` +
        `0\nnewsuperior: ${STRANGERS}\n`,
    );
    expect(await admin.run('approveRun', { runId: held._id })).toMatchObject({
      state: 'completed',
      counts: { deactivated: PEOPLE - 1, unchanged: 1 },
    });
    expect(await admin.run('syncNow')).toMatchObject({
      state: 'completed',
      counts: { unchanged: 1, updated: 1 },
    });
    expect(await active()).toEqual(['person0', 'stranger']);
  });
});
