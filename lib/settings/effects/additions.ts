import { missing, part } from './effect.js';

const ROLES = 'LDAP_Sync_User_Data_Roles';
const CHANNELS = 'LDAP_Sync_User_Data_Channels';
const TEAMS = 'LDAP_Enable_LDAP_Groups_To_RC_Teams';

/** Rocket.Chat's settings that add something to people who are synced, and that are not followed here. */
export const ADDITIONS = {
  LDAP_Sync_User_Data_Roles: missing({
    about: 'The groups of the directory give people roles.',
    remedy: 'Give roles in the chat server, and switch it off.',
  }),
  LDAP_Sync_User_Data_Roles_AutoRemove: part(ROLES, 'People who have left the group lose the role.'),
  LDAP_Sync_User_Data_Roles_BaseDN: part(ROLES, 'Where the groups are.'),
  LDAP_Sync_User_Data_Roles_GroupMembershipValidationStrategy: part(
    ROLES,
    'Whether groups are looked for one by one or all at once.',
  ),
  LDAP_Sync_User_Data_Roles_Filter: part(ROLES, 'The filter that finds the group of a person.'),
  LDAP_Sync_User_Data_RolesMap: part(ROLES, 'Which group gives which role.'),

  LDAP_Sync_User_Data_Channels: missing({
    about: 'The groups of the directory bring people into channels.',
    remedy: 'Add people to channels in the chat server, and switch it off.',
  }),
  LDAP_Sync_User_Data_Channels_Admin: part(CHANNELS, 'Who owns the channels that are made.'),
  LDAP_Sync_User_Data_Channels_BaseDN: part(CHANNELS, 'Where the groups are.'),
  LDAP_Sync_User_Data_Channels_GroupMembershipValidationStrategy: part(
    CHANNELS,
    'Whether groups are looked for one by one or all at once.',
  ),
  LDAP_Sync_User_Data_Channels_Filter: part(CHANNELS, 'The filter that finds the group of a person.'),
  LDAP_Sync_User_Data_ChannelsMap: part(CHANNELS, 'Which group brings people into which channel.'),
  LDAP_Sync_User_Data_Channels_Enforce_AutoChannels: part(
    CHANNELS,
    'People who have left the group leave the channel.',
  ),

  LDAP_Enable_LDAP_Groups_To_RC_Teams: missing({
    about: 'The groups of the directory bring people into teams.',
    remedy: 'Add people to teams in the chat server, and switch it off.',
  }),
  LDAP_Groups_To_Rocket_Chat_Teams: part(TEAMS, 'Which group brings people into which team.'),
  LDAP_Validate_Teams_For_Each_Login: part(
    TEAMS,
    'Whether teams are looked at again for those who are known.',
  ),
  LDAP_Teams_BaseDN: part(TEAMS, 'Where the groups are.'),
  LDAP_Teams_Name_Field: part(TEAMS, 'The attribute with the name of a group.'),
  LDAP_Query_To_Get_User_Teams: part(TEAMS, 'The filter that finds the groups of a person.'),

  LDAP_Background_Sync_ABAC_Attributes: missing({
    about: 'Attributes of the directory decide who may be in which room (ABAC).',
    remedy: 'Give people their ABAC attributes in the chat server, and switch it off.',
  }),
  LDAP_Background_Sync_ABAC_Attributes_Interval: part(
    'LDAP_Background_Sync_ABAC_Attributes',
    'When that is synced.',
  ),
  LDAP_ABAC_AttributeMap: part('LDAP_Background_Sync_ABAC_Attributes', 'Which attribute is which.'),
  ABAC_Enabled: part('LDAP_Background_Sync_ABAC_Attributes', 'Whether the chat server uses ABAC.'),
  ABAC_PDP_Type: part('LDAP_Background_Sync_ABAC_Attributes', 'Who decides about ABAC.'),

  LDAP_Sync_AutoLogout_Enabled: missing({
    about: 'People who are disabled in the directory are signed out between two syncs.',
    remedy:
      'Sync more often: a sync signs out the people it switches off (LDAP_Sync_User_Active_State "disable" ' +
      'or "both"). Then switch it off.',
  }),
  LDAP_Sync_AutoLogout_Interval: part('LDAP_Sync_AutoLogout_Enabled', 'How often that is looked at.'),
} as const;
