import { startSlapd, type Slapd } from '../../dev/slapd.js';
import type { LdapSync } from '../../lib/create-ldap-sync.js';
import { createAdminClient, type AdminClient } from '../setup/admin-client.js';
import { GROUPS_LDIF, POSIX_SCHEMA, toGroupDN, toGroupLdif, toPersonDN } from '../setup/group-ldif.js';
import { GROUP_ROLES, ROLES } from '../setup/group-roles.js';
import { createHost, seedAdmin, storeSettings } from '../setup/host.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';
import { settingsFor, SUFFIX, toOrganisation, toPeople } from '../setup/organisation.js';
import { describeWithSlapd } from '../setup/slapd.js';

const GROUPS = {
  LDAP_BaseDN: `ou=people,${SUFFIX}`,
  LDAP_Sync_User_Data_Roles_BaseDN: `ou=groups,${SUFFIX}`,
} as const;
const POSIX_FILTER = '(&(cn=#{groupName})(memberUid=#{username}))';

describeWithSlapd('roles from groups of a real directory', () => {
  let slapd: Slapd;
  let database: TestDatabase;
  let ldapSync: LdapSync;
  let admin: AdminClient;

  async function open(settings: object, ldif: readonly string[] = [], config = {}): Promise<void> {
    slapd = await startSlapd({
      suffix: SUFFIX,
      ldif: toOrganisation([...toPeople(6), GROUPS_LDIF, ...ldif]),
      globalConfig: POSIX_SCHEMA,
      ...config,
    });
    database = await openTestDatabase();
    await seedAdmin(database.connection);
    await database.connection
      .collection('rocketchat_roles')
      .insertMany(ROLES.map((role) => ({ ...role })) as never[]);
    await storeSettings(database.connection, {
      ...settingsFor(slapd),
      ...GROUP_ROLES,
      ...GROUPS,
      ...settings,
    });
    const host = createHost(database.connection);
    ldapSync = host.ldapSync;
    admin = createAdminClient(host.app);
  }

  const rolesOf = async (username: string) =>
    (await database.connection.collection('users').findOne({ username }))?.['roles'];
  const change = (group: string, ...lines: readonly string[]) =>
    slapd.modify([`dn: ${toGroupDN(group)}`, ...lines, ''].join('\n'));
  const explained = async (username: string) => {
    const { body } = await admin.get('explainUser', { username });
    const { fields, changes } = body as { fields: readonly { field: string }[]; changes: readonly object[] };
    return { roles: fields.find(({ field }) => field === 'roles'), changes };
  };

  afterEach(async () => {
    await ldapSync.stop();
    await database.close();
    await slapd.stop();
  });

  it('of names (posixGroup) are given, explained, taken, and given back', async () => {
    await open({ LDAP_Sync_User_Data_Roles_Filter: POSIX_FILTER }, [
      toGroupLdif('it', ['posixGroup'], { gidNumber: ['1'], memberUid: ['person0', 'person5'] }),
      toGroupLdif('desk', ['posixGroup'], { gidNumber: ['2'], memberUid: ['PERSON1', 'person5'] }),
      toGroupLdif('guests', ['posixGroup'], { gidNumber: ['3'] }),
    ]);
    const first = await ldapSync.sync();
    expect(first).toMatchObject({ state: 'completed', counts: { created: 6 } });
    expect(first.problems).toMatchObject([{ setting: 'LDAP_Sync_User_Data_RolesMap' }]);
    expect([await rolesOf('person0'), await rolesOf('person1'), await rolesOf('person2')]).toEqual([
      ['user', 'admin', 'Xy12'],
      ['user', 'Xy12'],
      ['user'],
    ]);
    expect(await explained('person0')).toMatchObject({
      changes: [],
      roles: {
        value: ['admin', 'Xy12'],
        setting: 'LDAP_Sync_User_Data_RolesMap',
        note:
          'The group "it" gives admin, Xy12. The group "guests" does not say who is in it, so it ' +
          'neither gives nor takes guest.',
      },
    });
    change('desk', 'changetype: modify', 'delete: memberUid', 'memberUid: PERSON1');
    expect(await explained('person1')).toMatchObject({
      roles: { value: [], note: expect.stringContaining('No group gives Xy12: whether the user loses it') },
      changes: [{ kind: 'clear', state: 'waiting', fields: [{ field: 'roles', to: ['user'] }] }],
    });
    const second = await ldapSync.sync();
    expect(second).toMatchObject({ state: 'completed', removed: 1, counts: { updated: 1, unchanged: 5 } });
    expect(await rolesOf('person1')).toEqual(['user']);
    expect((await ldapSync.sync()).counts).toMatchObject({ unchanged: 6 });
    expect(await admin.run('revertRun', { runId: second._id })).toMatchObject({ state: 'completed' });
    expect(await rolesOf('person1')).toEqual(['user', 'Xy12']);
  });

  it('of DNs (groupOfNames) and of memberOf are taken only when all witnesses agree, and of no group that is gone', async () => {
    const memberOf = `(&(uid=#{username})(memberOf=cn=#{groupName},ou=groups,${SUFFIX}))`;
    await open({ LDAP_Sync_User_Data_Roles_Filter: memberOf, LDAP_Sync_User_Data_Roles_BaseDN: SUFFIX }, [], {
      globalConfig: `${POSIX_SCHEMA}\nmoduleload memberof`,
      databaseConfig: 'overlay memberof',
    });
    for (const [name, people] of Object.entries({ it: ['person0', 'person5'], desk: ['person1', 'person5'] }))
      change(
        name,
        'changetype: add',
        'objectClass: groupOfNames',
        `cn: ${name}`,
        ...people.map((uid) => `member: ${toPersonDN(uid)}`),
      );
    await ldapSync.sync();
    expect([await rolesOf('person0'), await rolesOf('person1')]).toEqual([
      ['user', 'admin', 'Xy12'],
      ['user', 'Xy12'],
    ]);
    await storeSettings(database.connection, {
      LDAP_Sync_User_Data_Roles_Filter: '(&(cn=#{groupName})(member=#{userdn}))',
    });
    expect((await ldapSync.sync()).counts).toMatchObject({ unchanged: 6 });
    change('desk', 'changetype: modify', 'delete: member', `member: ${toPersonDN('person1')}`);
    expect(await ldapSync.sync()).toMatchObject({ state: 'completed', removed: 1 });
    expect(await rolesOf('person1')).toEqual(['user']);
    change('it', 'changetype: delete');
    expect(await ldapSync.sync()).toMatchObject({ state: 'completed', removed: 0, counts: { unchanged: 6 } });
    expect(await rolesOf('person0')).toEqual(['user', 'admin', 'Xy12']);
  });
});
