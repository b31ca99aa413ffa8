import { startSlapd, type Slapd } from '../../dev/slapd.js';
import type { LdapSync } from '../../lib/create-ldap-sync.js';
import { openCollection } from '../../models/database.js';
import { createAdminClient, type AdminClient } from '../setup/admin-client.js';
import { countSearches } from '../setup/count-searches.js';
import { GROUPS_LDIF, toGroupDN, toGroupLdif, toPersonDN } from '../setup/group-ldif.js';
import { createHost, seedAdmin, storeSettings } from '../setup/host.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';
import { settingsFor, SUFFIX, toOrganisation, toPeople } from '../setup/organisation.js';
import { createRoomsOfGroups, type RoomsOfGroups } from '../setup/rooms-of-groups.js';
import { describeWithSlapd } from '../setup/slapd.js';
import { startTcpProxy, type TcpProxy } from '../setup/tcp-proxy.js';

const GROUPS = `ou=groups,${SUFFIX}`;
const SETTINGS = {
  LDAP_Guard_Always_Allowed: 2,
  LDAP_Sync_User_Data_Channels: true,
  LDAP_Sync_User_Data_Channels_BaseDN: GROUPS,
  LDAP_Sync_User_Data_Channels_Filter: '(&(cn=#{groupName})(member=#{userdn}))',
  LDAP_Sync_User_Data_ChannelsMap: JSON.stringify({ staff: 'general', it: ['helpdesk', 'general'] }),
  LDAP_Sync_User_Data_Channels_Enforce_AutoChannels: true,
  LDAP_Enable_LDAP_Groups_To_RC_Teams: true,
  LDAP_Groups_To_Rocket_Chat_Teams: JSON.stringify({ it: 'developers' }),
  LDAP_Validate_Teams_For_Each_Login: true,
  LDAP_Teams_BaseDN: GROUPS,
  LDAP_Teams_Name_Field: 'cn',
  LDAP_Query_To_Get_User_Teams: '(&(objectClass=groupOfNames)(member=#{userdn}))',
} as const;
const NAMES = Array.from({ length: 6 }, (_, index) => `person${index}`);

describeWithSlapd('a sync of channels and teams from the groups of a real directory', () => {
  let slapd: Slapd;
  let proxy: TcpProxy;
  let database: TestDatabase;
  let ldapSync: LdapSync;
  let admin: AdminClient;
  let rooms: RoomsOfGroups;

  beforeEach(async () => {
    const toGroup = (name: string, members: readonly string[]) =>
      // DNs are compared in one form.
      toGroupLdif(name, ['groupOfNames'], { member: members.map((one) => toPersonDN(one).toUpperCase()) });
    const ldif = toOrganisation([
      ...toPeople(6),
      GROUPS_LDIF,
      toGroup('staff', NAMES),
      toGroup('it', ['person0', 'person1', 'person2', 'person3']),
    ]);
    slapd = await startSlapd({ suffix: SUFFIX, ldif, databaseConfig: '' });
    proxy = await startTcpProxy({ targetPort: slapd.port });
    database = await openTestDatabase();
    const { connection } = database;
    await seedAdmin(connection);
    await storeSettings(connection, { ...settingsFor(slapd), ...SETTINGS, LDAP_Port: proxy.port });
    const collection = (name: string) => openCollection(connection, name) as never;
    const users = () => connection.collection('users');
    rooms = createRoomsOfGroups({
      collection,
      database: () => database,
      user: (username) => users().findOne({ username }),
      set: (username, fields) => users().updateOne({ username }, { $set: fields }),
    });
    await rooms.make('general', 'helpdesk');
    await rooms.makeTeam('developers');
    const host = createHost(connection);
    ldapSync = host.ldapSync;
    admin = createAdminClient(host.app);
  });

  afterEach(async () => {
    await ldapSync.stop();
    await database.close();
    await proxy.close();
    await slapd.stop();
  });

  const removeMembers = (group: string, ...uids: readonly string[]) =>
    slapd.modify(
      `dn: ${toGroupDN(group)}\nchangetype: modify\n` +
        uids.map((uid) => `delete: member\nmember: ${toPersonDN(uid)}\n-\n`).join(''),
    );

  it('brings people in, holds many departures, and takes an approved one back', async () => {
    expect(await ldapSync.sync()).toMatchObject({ state: 'completed', counts: { created: 6 }, problems: [] });
    const IT = NAMES.slice(0, 4);
    expect(await rooms.members()).toEqual({ general: NAMES, helpdesk: IT, developers: IT });
    expect(await rooms.disagreements()).toEqual([]);

    removeMembers('it', 'person0', 'person1', 'person2');
    const { body } = await admin.get('explainUser', { username: 'person0' });
    expect(body.rooms).toEqual([
      {
        kind: 'channels',
        name: 'general',
        groups: [
          { group: 'staff', membership: 'member' },
          { group: 'it', membership: 'not-member' },
        ],
        isInside: true,
        fate: 'stays',
        explanation: 'The person is in "staff", and the user is in the room.',
      },
      expect.objectContaining({ kind: 'channels', name: 'helpdesk', isInside: true, fate: 'leaves' }),
      expect.objectContaining({ kind: 'teams', name: 'developers', isInside: true, fate: 'leaves' }),
    ]);
    expect(body.changes).toMatchObject([{ kind: 'membership' }, { kind: 'membership' }]);

    const held = await admin.run('syncNow');
    expect(held).toMatchObject({ state: 'held', held: { memberships: 3, code: 'too-many-removals' } });
    const approval = await admin.run('approveRun', { runId: held._id });
    expect(approval).toMatchObject({ state: 'completed', counts: { updated: 3 } });
    expect(await rooms.members()).toEqual({ general: NAMES, helpdesk: ['person3'], developers: ['person3'] });
    expect(await admin.changes(approval._id, { text: 'helpdesk' })).toHaveLength(3);

    await admin.run('revertRun', { runId: approval._id });
    expect(await rooms.members()).toEqual({ general: NAMES, helpdesk: IT, developers: IT });
    expect(await rooms.disagreements()).toEqual([]);
  });

  it('reads the groups in a few searches, and writes nothing when nothing has changed', async () => {
    await ldapSync.sync();
    const before = await rooms.everything();
    const asked = countSearches(proxy.sent());
    expect(await ldapSync.sync()).toMatchObject({ state: 'completed', counts: { unchanged: 6 } });
    expect(await rooms.everything()).toEqual(before);
    expect(countSearches(proxy.sent()) - asked).toBeLessThanOrEqual(12);
  });
});
