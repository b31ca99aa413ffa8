import { startSlapd, type Slapd } from '../../dev/slapd.js';
import type { LdapSync } from '../../lib/create-ldap-sync.js';
import { createAdminClient, type AdminClient } from '../setup/admin-client.js';
import { countSearches } from '../setup/count-searches.js';
import { GROUPS_LDIF, toGroupDN, toGroupLdif, toPersonDN } from '../setup/group-ldif.js';
import { createHost, seedAdmin, storeSettings } from '../setup/host.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';
import { settingsFor, SUFFIX, toOrganisation, toPeople, toPersonLdif } from '../setup/organisation.js';
import { describeWithSlapd } from '../setup/slapd.js';
import { startTcpProxy, type TcpProxy } from '../setup/tcp-proxy.js';

const READER = toPersonDN('reader');
const FILTER = {
  LDAP_Group_Filter_Enable: true,
  LDAP_Group_Filter_ObjectClass: 'groupOfNames',
  LDAP_Group_Filter_Group_Member_Attribute: 'member',
  LDAP_Group_Filter_Group_Member_Format: '#{userdn}',
  LDAP_Group_Filter_Group_Name: 'chat',
} as const;

/** The service account sees half of the members, and nothing tells it that there are more. */
const HIDING = [
  'access to attrs=userPassword by anonymous auth',
  `access to dn.exact="${toGroupDN('chat')}" attrs=member val.regex="^uid=person[5-9],.*$" by * none`,
  'access to * by * read',
].join('\n');

describeWithSlapd('a sync of the members of one group of a real directory', () => {
  let slapd: Slapd;
  let proxy: TcpProxy;
  let database: TestDatabase;
  let ldapSync: LdapSync;
  let admin: AdminClient;

  async function open(people: number, databaseConfig = ''): Promise<void> {
    const member = toPeopleNames(people).map(toPersonDN);
    const ldif = toOrganisation([
      ...toPeople(people),
      toPersonLdif('guest'),
      toPersonLdif('reader', { userPassword: 'secret' }),
      GROUPS_LDIF,
      toGroupLdif('chat', ['groupOfNames'], { member: member.map((dn) => dn.toUpperCase()) }),
    ]);
    slapd = await startSlapd({ suffix: SUFFIX, ldif, databaseConfig });
    proxy = await startTcpProxy({ targetPort: slapd.port });
    database = await openTestDatabase();
    await seedAdmin(database.connection);
    await set({ ...settingsFor(slapd), ...FILTER, LDAP_Port: proxy.port });
    const host = createHost(database.connection);
    ldapSync = host.ldapSync;
    admin = createAdminClient(host.app);
  }

  const toPeopleNames = (count: number) => Array.from({ length: count }, (_, index) => `person${index}`);
  const set = (settings: Readonly<Record<string, unknown>>) => storeSettings(database.connection, settings);
  const active = () => database.connection.collection('users').countDocuments({ ldap: true, active: true });
  const removeMember = (uid: string) =>
    slapd.modify(
      `dn: ${toGroupDN('chat')}\nchangetype: modify\ndelete: member\nmember: ${toPersonDN(uid)}\n`,
    );

  afterEach(async () => {
    await ldapSync.stop();
    await database.close();
    await proxy.close();
    await slapd.stop();
  });

  it('brings the members, switches off who leaves, and says why', async () => {
    await open(10);
    expect(await ldapSync.sync()).toMatchObject({
      state: 'completed',
      counts: { created: 10 },
      problems: [],
    });
    removeMember('person3');
    expect((await admin.get('explainUser', { username: 'person3' })).body).toMatchObject({
      whereabouts: 'outside-group',
      group: { name: 'chat', membership: 'not-member', state: 'read', dns: [toGroupDN('chat')] },
      match: { rule: 'immutable-id', explanation: expect.stringContaining('is not in the group "chat"') },
      changes: [{ kind: 'deactivate' }],
    });
    expect((await admin.get('explainUser', { username: 'person4' })).body).toMatchObject({
      whereabouts: 'present',
      group: { membership: 'member' },
    });
    expect((await admin.get('explainUser', { username: 'guest' })).body).toMatchObject({
      whereabouts: 'outside-group',
      user: null,
      match: { rule: 'not-synced', remedy: expect.stringContaining('Put the person into the group') },
    });
    expect(await ldapSync.sync()).toMatchObject({ state: 'completed', counts: { deactivated: 1 } });
    expect(await active()).toBe(9);
  });

  it('takes nobody away when an access rule hides half of the members: the run is held', async () => {
    await open(10, HIDING);
    expect((await ldapSync.sync()).counts).toMatchObject({ created: 10 });
    await set({
      LDAP_Authentication_UserDN: READER,
      LDAP_Authentication_Password: 'secret',
      LDAP_Guard_Always_Allowed: 2,
    });
    expect(await ldapSync.sync()).toMatchObject({ state: 'held', held: { deactivations: 5 } });
    expect(await active()).toBe(10);
  });

  it('takes nobody away when the group is renamed, loses its members from sight, or is deleted', async () => {
    await open(4);
    await ldapSync.sync();
    const nobodyGone = async () => {
      const report = await ldapSync.sync();
      expect(report).toMatchObject({
        state: 'failed',
        counts: { deactivated: 0, unchanged: 4, rejected: 2 },
      });
      expect(report.problems).toMatchObject([{ setting: 'LDAP_Group_Filter_Group_Name' }]);
      expect((await admin.get('explainUser', { username: 'guest' })).body).toMatchObject({
        group: { membership: 'unknown' },
        match: { rule: 'not-synced', explanation: expect.stringContaining('does not say whether') },
      });
    };
    slapd.modify(`dn: ${toGroupDN('chat')}\nchangetype: modrdn\nnewrdn: cn=chatters\ndeleteoldrdn: 1\n`);
    await nobodyGone();
    slapd.modify(`dn: ${toGroupDN('chatters')}\nchangetype: modrdn\nnewrdn: cn=chat\ndeleteoldrdn: 1\n`);
    await set({ LDAP_Group_Filter_Group_Member_Attribute: 'uniqueMember' });
    await nobodyGone();
    slapd.modify(`dn: ${toGroupDN('chat')}\nchangetype: delete\n`);
    await set(FILTER);
    await nobodyGone();
    expect(await active()).toBe(4);
  });

  it('asks the server some ten times for 2,000 people', async () => {
    await open(2_000);
    expect((await ldapSync.sync()).counts).toMatchObject({ created: 2_000 });
    // 8 pages and a rest, the group, the root entry, and what says that the settings fit.
    expect(countSearches(proxy.sent())).toBeLessThanOrEqual(20);
  });
});
