import { definitionsOf } from './definition.js';

const { onOff, text, choice } = definitionsOf('people', false);

const STRATEGY = ['each_group', 'once'] as const;
const MEMBER_UID = '(&(cn=#{groupName})(memberUid=#{username}))';

/** Groups of the directory give people roles, channels and teams. */
export const GROUP_GRANTS = {
  LDAP_Sync_User_Data_Roles: onOff(false, 'Whether groups of the directory give people roles.'),
  LDAP_Sync_User_Data_Roles_AutoRemove: onOff(
    false,
    'Whether people who are in none of its groups lose a role that the map names.',
  ),
  LDAP_Sync_User_Data_Roles_BaseDN: text('', 'Where the groups are that give roles.'),
  LDAP_Sync_User_Data_Roles_GroupMembershipValidationStrategy: choice(
    'each_group',
    STRATEGY,
    'Whether the filter asks for each group (`each_group`) or finds all groups of a person (`once`).',
  ),
  LDAP_Sync_User_Data_Roles_Filter: text(MEMBER_UID, 'The filter that finds a group of a person.'),
  LDAP_Sync_User_Data_RolesMap: text(
    '{\n\t"rocket-admin": "admin",\n\t"tech-support": "support"\n}',
    'Which group gives which roles, as JSON; no other role is ever given or taken.',
  ),

  LDAP_Sync_User_Data_Channels: onOff(false, 'Whether groups of the directory bring people into channels.'),
  LDAP_Sync_User_Data_Channels_Admin: text('rocket.cat', 'The user name of who owns channels that are made.'),
  LDAP_Sync_User_Data_Channels_BaseDN: text('', 'Where the groups are that bring people into channels.'),
  LDAP_Sync_User_Data_Channels_GroupMembershipValidationStrategy: choice(
    'each_group',
    STRATEGY,
    'Whether the filter asks for each group (`each_group`) or finds all groups of a person (`once`).',
  ),
  LDAP_Sync_User_Data_Channels_Filter: text(MEMBER_UID, 'The filter that finds a group of a person.'),
  LDAP_Sync_User_Data_ChannelsMap: text(
    '{\n\t"employee": "general",\n\t"techsupport": [\n\t\t"helpdesk",\n\t\t"support"\n\t]\n}',
    'Which group brings people into which channels, as JSON; nobody is ever taken out of another.',
  ),
  LDAP_Sync_User_Data_Channels_Enforce_AutoChannels: onOff(
    false,
    'Whether people who are in none of its groups leave a channel that the map names.',
  ),

  LDAP_Enable_LDAP_Groups_To_RC_Teams: onOff(
    false,
    'Whether groups of the directory bring people into teams, and whoever is in none of its groups leaves a ' +
      'team that the map names.',
  ),
  LDAP_Groups_To_Rocket_Chat_Teams: text(
    '{}',
    'Which group brings people into which teams, as JSON. Teams are never made.',
  ),
  LDAP_Validate_Teams_For_Each_Login: onOff(
    false,
    'Whether people who were there before are brought into teams, too, or only newcomers.',
  ),
  LDAP_Teams_BaseDN: text('', 'Where the groups are that bring people into teams; empty: `LDAP_BaseDN`.'),
  LDAP_Teams_Name_Field: text(
    'ou,cn',
    'The attributes with the name of a group: the first that it has counts.',
  ),
  LDAP_Query_To_Get_User_Teams: text(
    '(&(ou=*)(uniqueMember=#{userdn}))',
    'The filter that finds the groups of a person.',
  ),
} as const;
