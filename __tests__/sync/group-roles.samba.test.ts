import { SAMBA_BASE } from '../../dev/samba-config.js';
import { startSamba, type Samba } from '../../dev/samba.js';
import {
  adSettings,
  below,
  COMPANY,
  toAdPerson,
  toLdif,
  toServiceAccount,
  toUnit,
} from '../setup/active-directory.js';
import { GROUP_ROLES, ROLES } from '../setup/group-roles.js';
import { createHost, storeSettings, type TestHost } from '../setup/host.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';
import { describeWithSamba } from '../setup/samba.js';

/** More than an Active Directory shows of one attribute at once. */
const MANY = 1_600;
const GROUPS = below(COMPANY, 'Groups', 'OU');
const PEOPLE = ['ada', 'bob', 'cy', 'dee'];
/** Members that are not synced: contacts of another place. */
const CONTACTS = below(SAMBA_BASE, 'Contacts', 'OU');
const CONTACT_DNS = Array.from({ length: MANY }, (_, index) => below(CONTACTS, `Contact ${index}`));
const toGroup = (name: string, member: readonly string[]): string =>
  toLdif(below(GROUPS, name), {
    ...{ objectClass: 'group', sAMAccountName: name, groupType: '-2147483646', member },
  });

/** By a range, `ada` comes last; `inner` is in `it`. */
const LDIF = [
  toUnit(SAMBA_BASE, 'Company'),
  toUnit(SAMBA_BASE, 'Services'),
  toUnit(SAMBA_BASE, 'Contacts'),
  toUnit(COMPANY, 'Groups'),
  toServiceAccount('svc-chat'),
  ...PEOPLE.map((name) => toAdPerson(COMPANY, name)),
  ...CONTACT_DNS.map((dn) => toLdif(dn, { objectClass: 'contact' })),
  toGroup('inner', [below(COMPANY, 'bob')]),
  toGroup('it', [below(GROUPS, 'inner'), below(COMPANY, 'dee')]),
  toGroup('visitors', [below(COMPANY, 'ada'), ...CONTACT_DNS]),
].join('\n');

const SETTINGS = {
  LDAP_BaseDN: COMPANY,
  LDAP_Sync_User_Data_Roles_BaseDN: SAMBA_BASE,
  LDAP_Sync_User_Data_Roles_Filter:
    '(&(objectClass=group)(cn=#{groupName})(member:1.2.840.113556.1.4.1941:=#{userdn}))',
  // The primary group of everybody, which lists nobody of them.
  LDAP_Sync_User_Data_RolesMap: JSON.stringify({ it: 'admin', visitors: 'guest', 'Domain Users': 'support' }),
} as const;

describeWithSamba('roles from groups of an Active Directory', () => {
  let samba: Samba;
  let database: TestDatabase;
  let host: TestHost;
  beforeAll(async () => {
    samba = await startSamba({ ldif: LDIF });
  });
  afterAll(() => samba.stop());
  beforeEach(async () => {
    database = await openTestDatabase();
    await database.connection
      .collection('rocketchat_roles')
      .insertMany(ROLES.map((role) => ({ ...role })) as never[]);
    await storeSettings(database.connection, { ...adSettings(samba), ...GROUP_ROLES, ...SETTINGS });
    host = createHost(database.connection);
  });
  afterEach(async () => {
    await host.ldapSync.stop();
    await database.close();
  });

  const roles = async (): Promise<object> =>
    Object.fromEntries(
      (await database.connection.collection('users').find({}).sort({ username: 1 }).toArray()).map((user) => [
        user['username'] as string,
        user['roles'] as unknown,
      ]),
    );
  const change = (group: string, ...lines: readonly string[]): void =>
    samba.modify([`dn: ${below(GROUPS, group)}`, 'changetype: modify', ...lines, ''].join('\n'));

  it('are given through groups within groups, by the last of 1,600 members, and by the primary group', async () => {
    const run = await host.ldapSync.sync();
    expect(run).toMatchObject({ state: 'completed', counts: { created: 4 } });
    // A primary group lists nobody, so it takes nothing from anybody, and the report says so.
    expect(run.problems).toMatchObject([{ message: expect.stringContaining('"Domain Users"') }]);
    expect(await roles()).toEqual({
      ada: ['user', 'guest', 'Xy12'],
      bob: ['user', 'admin', 'Xy12'],
      cy: ['user', 'Xy12'],
      dee: ['user', 'admin', 'Xy12'],
    });
    expect(await host.ldapSync.sync()).toMatchObject({ removed: 0, counts: { unchanged: 4 } });
  });

  it('are the same when the groups are within each other in a circle', async () => {
    change('inner', 'add: member', `member: ${below(GROUPS, 'it')}`);
    expect(await host.ldapSync.sync()).toMatchObject({ state: 'completed', counts: { created: 4 } });
    expect(await roles()).toMatchObject({ bob: ['user', 'admin', 'Xy12'], cy: ['user', 'Xy12'] });
    change('inner', 'delete: member', `member: ${below(GROUPS, 'it')}`);
  });

  it('are taken from whoever leaves the group within the group, and from nobody else', async () => {
    await host.ldapSync.sync();
    change('inner', 'replace: member', `member: ${below(COMPANY, 'dee')}`);
    expect(await host.ldapSync.sync()).toMatchObject({
      state: 'completed',
      removed: 1,
      counts: { updated: 1 },
    });
    expect(await roles()).toMatchObject({ bob: ['user', 'Xy12'], dee: ['user', 'admin', 'Xy12'] });
    change('visitors', 'delete: member', `member: ${below(COMPANY, 'ada')}`);
    expect(await host.ldapSync.sync()).toMatchObject({ state: 'completed', removed: 1 });
    expect(await roles()).toMatchObject({ ada: ['user', 'Xy12'] });
  });
});
