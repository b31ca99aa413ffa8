import sharp from 'sharp';
import { openCollection } from '../../models/database.js';
import { openExplainHost, type ExplainHost } from '../explain/explain-host.js';
import { GROUPS_LDIF, toGroupDN, toGroupLdif, toPersonDN } from '../setup/group-ldif.js';
import { ROLES } from '../setup/group-roles.js';
import { SUFFIX, toPeople } from '../setup/organisation.js';
import { createRoomsOfGroups, type RoomsOfGroups } from '../setup/rooms-of-groups.js';
import { describeWithSlapd } from '../setup/slapd.js';

const GROUPS = `ou=groups,${SUFFIX}`;
const SETTINGS = {
  LDAP_Avatar_Field: 'jpegPhoto',
  LDAP_Background_Sync_Avatars: true,
  LDAP_Sync_User_Data_Roles: true,
  LDAP_Sync_User_Data_Roles_AutoRemove: true,
  LDAP_Sync_User_Data_Roles_BaseDN: GROUPS,
  LDAP_Sync_User_Data_Roles_Filter: '(&(cn=#{groupName})(member=#{userdn}))',
  LDAP_Sync_User_Data_RolesMap: JSON.stringify({ it: 'support' }),
  LDAP_Sync_User_Data_Channels: true,
  LDAP_Sync_User_Data_Channels_BaseDN: GROUPS,
  LDAP_Sync_User_Data_Channels_Filter: '(&(cn=#{groupName})(member=#{userdn}))',
  LDAP_Sync_User_Data_ChannelsMap: JSON.stringify({ it: 'helpdesk' }),
  LDAP_Sync_User_Data_Channels_Enforce_AutoChannels: true,
  LDAP_Enable_LDAP_Groups_To_RC_Teams: true,
  LDAP_Groups_To_Rocket_Chat_Teams: JSON.stringify({ it: 'developers' }),
  LDAP_Validate_Teams_For_Each_Login: true,
  LDAP_Teams_BaseDN: GROUPS,
  LDAP_Teams_Name_Field: 'cn',
  LDAP_Query_To_Get_User_Teams: '(&(objectClass=groupOfNames)(member=#{userdn}))',
} as const;

describeWithSlapd('the sync of one person whom groups and a photo give something', () => {
  let host: ExplainHost;
  let rooms: RoomsOfGroups;

  beforeEach(async () => {
    const it = toGroupLdif('it', ['groupOfNames'], { member: [toPersonDN('person2')] });
    host = await openExplainHost([...toPeople(3), GROUPS_LDIF, it], {
      ...SETTINGS,
      LDAP_BaseDN: `ou=people,${SUFFIX}`,
    });
    const { connection } = host.database;
    await connection.collection('rocketchat_roles').insertMany(ROLES.map((role) => ({ ...role })) as never[]);
    rooms = createRoomsOfGroups({
      collection: (name: string) => openCollection(connection, name) as never,
      database: () => host.database,
      user: (username) => host.users().findOne({ username }),
      set: (username, fields) => host.users().updateOne({ username }, { $set: fields }),
    });
    await rooms.make('helpdesk');
    await rooms.makeTeam('developers');
    await host.admin.run('syncNow');
  });
  afterEach(() => host.close());

  const user = (username: string) => host.users().findOne({ username });
  const member = (change: 'add' | 'delete', ...uids: readonly string[]) =>
    host.slapd.modify(
      `dn: ${toGroupDN('it')}\nchangetype: modify\n` +
        uids.map((uid) => `${change}: member\nmember: ${toPersonDN(uid)}\n-\n`).join(''),
    );
  const photo = async (uid: string, background: string) => {
    const bytes = await sharp({ create: { width: 64, height: 64, channels: 3, background } })
      .jpeg()
      .toBuffer();
    host.modify(uid, `replace: jpegPhoto\njpegPhoto:: ${bytes.toString('base64')}`);
  };

  it('gives that person roles, rooms, teams and the photo, and them alone', async () => {
    member('add', 'person0', 'person1');
    for (const uid of ['person0', 'person1']) await photo(uid, '#c33');
    const run = await host.admin.run('syncPerson', { username: 'person0' });
    expect(run).toMatchObject({ state: 'completed', counts: { updated: 1 }, roomsJoined: 2, problems: [] });
    expect((await user('person0'))?.['roles']).toContain('Xy12');
    expect(await user('person0')).toMatchObject({ avatarOrigin: expect.any(String) });
    const joined = ['person0', 'person2'];
    expect(await rooms.members()).toMatchObject({ helpdesk: joined, developers: joined });
    expect(await rooms.teamMembers()).toMatchObject({ developers: joined });
    expect((await user('person1'))?.['roles']).not.toContain('Xy12');
    expect((await user('person1'))?.['avatarOrigin']).toBeUndefined();
    expect(await rooms.disagreements()).toEqual([]);
  });

  it('takes none of it unasked: the approval does, and its revert gives it back', async () => {
    await photo('person2', '#36c');
    await host.admin.run('syncPerson', { username: 'person2' });
    member('add', 'person0');
    member('delete', 'person2');
    host.modify('person2', 'delete: jpegPhoto');
    const held = await host.admin.run('syncPerson', { username: 'person2' });
    expect(held).toMatchObject({ state: 'held', held: { clearings: 1, photos: 1, memberships: 1 } });
    const before = await user('person2');
    expect(before).toMatchObject({
      roles: expect.arrayContaining(['Xy12']),
      avatarOrigin: expect.any(String),
    });
    expect(await rooms.members()).toMatchObject({ helpdesk: ['person2'], developers: ['person2'] });

    const approval = await host.admin.run('approveRun', { runId: held._id });
    expect(approval).toMatchObject({ state: 'completed' });
    expect((await user('person2'))?.['roles']).not.toContain('Xy12');
    expect((await user('person2'))?.['avatarOrigin']).toBeUndefined();
    expect(await rooms.members()).toMatchObject({ helpdesk: [], developers: [] });

    await host.admin.run('revertRun', { runId: approval._id });
    expect((await user('person2'))?.['roles']).toContain('Xy12');
    expect(await rooms.members()).toMatchObject({ helpdesk: ['person2'], developers: ['person2'] });
    expect(await rooms.disagreements()).toEqual([]);
  });

  it('changes nothing where the person is not in the group whose members are synced', async () => {
    await host.set({
      LDAP_Group_Filter_Enable: true,
      LDAP_Group_Filter_ObjectClass: 'groupOfNames',
      LDAP_Group_Filter_Group_Id_Attribute: 'cn',
      LDAP_Group_Filter_Group_Member_Attribute: 'member',
      LDAP_Group_Filter_Group_Member_Format: '#{userdn}',
      LDAP_Group_Filter_Group_Name: 'it',
      LDAP_BaseDN: SUFFIX,
      LDAP_User_Search_Filter: '(objectClass=inetOrgPerson)',
    });
    host.modify('person0', 'replace: cn\ncn: Somebody Else');
    const before = await host.users().find().toArray();
    const run = await host.admin.run('syncPerson', { username: 'person0' });
    expect(run).toMatchObject({ state: 'failed', problems: [{ message: expect.stringContaining('group') }] });
    expect(await host.users().find().toArray()).toEqual(before);
  });
});
