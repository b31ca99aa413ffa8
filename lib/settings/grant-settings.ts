import { isAttributeName } from '../directory/filter/search-filter.js';
import { isSecretAttribute } from '../directory/secret-attributes.js';
import { ONCE_BY_DEFAULT, type GroupStrategy } from '../groups/group-strategy.js';
import type { Choice } from './definitions.js';
import type { SettingChecks } from './setting-checks.js';
import type { StringSetting } from './setting-types.js';
import type { Settings } from './settings.js';
import { splitList } from './split-list.js';
import type { GrantKind } from './sync-settings.js';

/** Which settings say what groups give. */
export interface GrantSettings {
  readonly enable:
    'LDAP_Sync_User_Data_Roles' | 'LDAP_Sync_User_Data_Channels' | 'LDAP_Enable_LDAP_Groups_To_RC_Teams';
  readonly map: StringSetting;
  readonly base: StringSetting;
  /** Where the groups are when `base` is empty. */
  readonly otherBase?: StringSetting;
  readonly filter: StringSetting;
  strategy(settings: Settings, checks: SettingChecks): GroupStrategy;
}

type Strategy = Choice<'LDAP_Sync_User_Data_Roles_GroupMembershipValidationStrategy'>;

const BY_CHOICE: Readonly<Record<Strategy, GroupStrategy>> = {
  each_group: { kind: 'each_group' },
  once: ONCE_BY_DEFAULT,
};

/** Of each kind of what groups give. */
export const GRANT_SETTINGS: Readonly<Record<GrantKind, GrantSettings>> = {
  roles: {
    enable: 'LDAP_Sync_User_Data_Roles',
    map: 'LDAP_Sync_User_Data_RolesMap',
    base: 'LDAP_Sync_User_Data_Roles_BaseDN',
    filter: 'LDAP_Sync_User_Data_Roles_Filter',
    strategy: (_, checks) =>
      BY_CHOICE[checks.oneOf('LDAP_Sync_User_Data_Roles_GroupMembershipValidationStrategy')],
  },
  channels: {
    enable: 'LDAP_Sync_User_Data_Channels',
    map: 'LDAP_Sync_User_Data_ChannelsMap',
    base: 'LDAP_Sync_User_Data_Channels_BaseDN',
    filter: 'LDAP_Sync_User_Data_Channels_Filter',
    strategy: (_, checks) =>
      BY_CHOICE[checks.oneOf('LDAP_Sync_User_Data_Channels_GroupMembershipValidationStrategy')],
  },
  teams: {
    enable: 'LDAP_Enable_LDAP_Groups_To_RC_Teams',
    map: 'LDAP_Groups_To_Rocket_Chat_Teams',
    base: 'LDAP_Teams_BaseDN',
    otherBase: 'LDAP_BaseDN',
    filter: 'LDAP_Query_To_Get_User_Teams',
    strategy: ({ get }) => toTeamStrategy(get('LDAP_Teams_Name_Field')),
  },
};

/** Names that are no attributes are left out: no group would have one. */
function toTeamStrategy(text: string): GroupStrategy {
  const nameAttributes = splitList(text).filter((name) => isAttributeName(name) && !isSecretAttribute(name));
  return nameAttributes.length > 0 ? { kind: 'once', nameAttributes } : ONCE_BY_DEFAULT;
}
