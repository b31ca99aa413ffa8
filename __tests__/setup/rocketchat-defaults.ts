import type { Connection } from 'mongoose';

type Defaults = Readonly<Record<string, unknown>>;

const GROUP_FILTER = '(&(cn=#{groupName})(memberUid=#{username}))';

/** The settings of LDAP that every Rocket.Chat has, as it stores them before anybody has touched them. */
const CORE: Defaults = {
  LDAP_Enable: false,
  LDAP_Server_Type: 'ad',
  LDAP_Host: '',
  LDAP_Port: 389,
  LDAP_Reconnect: false,
  LDAP_Login_Fallback: false,
  LDAP_Authentication: false,
  LDAP_Authentication_UserDN: '',
  LDAP_Authentication_Password: '',
  LDAP_Encryption: 'plain',
  LDAP_CA_Cert: '',
  LDAP_Reject_Unauthorized: true,
  LDAP_Timeout: 60_000,
  LDAP_Connect_Timeout: 1_000,
  LDAP_Idle_Timeout: 1_000,
  LDAP_Find_User_After_Login: true,
  LDAP_BaseDN: '',
  LDAP_User_Search_Filter: '(objectclass=*)',
  LDAP_User_Search_Scope: 'sub',
  LDAP_AD_User_Search_Field: 'sAMAccountName',
  LDAP_User_Search_Field: 'uid',
  LDAP_Search_Page_Size: 250,
  LDAP_Search_Size_Limit: 1_000,
  LDAP_Group_Filter_Enable: false,
  LDAP_Group_Filter_ObjectClass: 'groupOfUniqueNames',
  LDAP_Group_Filter_Group_Id_Attribute: 'cn',
  LDAP_Group_Filter_Group_Member_Attribute: 'uniqueMember',
  LDAP_Group_Filter_Group_Member_Format: '',
  LDAP_Group_Filter_Group_Name: 'ROCKET_CHAT',
  LDAP_Unique_Identifier_Field: 'objectGUID,ibm-entryUUID,GUID,dominoUNID,nsuniqueId,uidNumber,uid',
  LDAP_Merge_Existing_Users: false,
  LDAP_Update_Data_On_Login: true,
  LDAP_Update_Data_On_OAuth_Login: false,
  LDAP_Default_Domain: '',
  LDAP_AD_Username_Field: 'sAMAccountName',
  LDAP_Username_Field: 'uid',
  LDAP_AD_Email_Field: 'mail',
  LDAP_Email_Field: 'mail',
  LDAP_AD_Name_Field: 'cn',
  LDAP_Name_Field: 'cn',
  LDAP_Extension_Field: '',
  LDAP_FederationHomeServer_Field: '',
  LDAP_DataSync_UseVariables: false,
  LDAP_DataSync_VariableMap: '{}',
  LDAP_Sync_User_Avatar: true,
  LDAP_Avatar_Field: '',
};

/** Those of the Enterprise edition. */
const ENTERPRISE: Defaults = {
  LDAP_Background_Sync: false,
  LDAP_Background_Sync_Interval: 'every_24_hours',
  LDAP_Background_Sync_Import_New_Users: true,
  LDAP_Background_Sync_Keep_Existant_Users_Updated: true,
  LDAP_Background_Sync_Merge_Existent_Users: false,
  LDAP_Background_Sync_Disable_Missing_Users: false,
  LDAP_Background_Sync_Avatars: false,
  LDAP_Background_Sync_Avatars_Interval: '0 0 * * *',
  LDAP_Sync_User_Active_State: 'disable',
  LDAP_User_Search_AttributesToQuery: '*,+',
  LDAP_Sync_AutoLogout_Enabled: false,
  LDAP_Sync_AutoLogout_Interval: '*/5 * * * *',
  LDAP_Sync_Custom_Fields: false,
  LDAP_CustomFieldMap: '{}',
  LDAP_Sync_User_Data_Roles: false,
  LDAP_Sync_User_Data_Roles_AutoRemove: false,
  LDAP_Sync_User_Data_Roles_BaseDN: '',
  LDAP_Sync_User_Data_Roles_GroupMembershipValidationStrategy: 'each_group',
  LDAP_Sync_User_Data_Roles_Filter: GROUP_FILTER,
  LDAP_Sync_User_Data_RolesMap: '{\n\t"rocket-admin": "admin",\n\t"tech-support": "support"\n}',
  LDAP_Sync_User_Data_Channels: false,
  LDAP_Sync_User_Data_Channels_Admin: 'rocket.cat',
  LDAP_Sync_User_Data_Channels_BaseDN: '',
  LDAP_Sync_User_Data_Channels_GroupMembershipValidationStrategy: 'each_group',
  LDAP_Sync_User_Data_Channels_Filter: GROUP_FILTER,
  LDAP_Sync_User_Data_ChannelsMap:
    '{\n\t"employee": "general",\n\t"techsupport": [\n\t\t"helpdesk",\n\t\t"support"\n\t]\n}',
  LDAP_Sync_User_Data_Channels_Enforce_AutoChannels: false,
  LDAP_Enable_LDAP_Groups_To_RC_Teams: false,
  LDAP_Groups_To_Rocket_Chat_Teams: '{}',
  LDAP_Validate_Teams_For_Each_Login: false,
  LDAP_Teams_BaseDN: '',
  LDAP_Teams_Name_Field: 'ou,cn',
  LDAP_Query_To_Get_User_Teams: '(&(ou=*)(uniqueMember=#{userdn}))',
  LDAP_Background_Sync_ABAC_Attributes: false,
  LDAP_Background_Sync_ABAC_Attributes_Interval: '0 0 * * *',
  LDAP_ABAC_AttributeMap: '{}',
};

/** Others that decide about people. */
const OTHERS: Defaults = {
  Accounts_Verify_Email_For_External_Accounts: true,
  Accounts_ManuallyApproveNewUsers: false,
  Accounts_Registration_AuthenticationServices_Default_Roles: 'user',
  Accounts_Registration_Users_Default_Roles: 'user',
  UTF8_Names_Slugify: true,
  UTF8_User_Names_Validation: '[0-9a-zA-Z-_.]+',
  Accounts_SystemBlockedUsernameList: 'admin,administrator,system,user',
  Accounts_BlockedUsernameList: '',
  Accounts_RequireNameForSignUp: true,
  Accounts_CustomFields: '',
  Accounts_TwoFactorAuthentication_Enabled: true,
  Accounts_TwoFactorAuthentication_By_Email_Auto_Opt_In: true,
  Accounts_TwoFactorAuthentication_By_TOTP_Enabled: true,
  Accounts_TwoFactorAuthentication_MaxDelta: 1,
  Accounts_TwoFactorAuthentication_By_Email_Enabled: true,
  Accounts_TwoFactorAuthentication_By_Email_Code_Expiration: 3600,
  Accounts_TwoFactorAuthentication_Max_Invalid_Email_Code_Attempts: 5,
  Accounts_TwoFactorAuthentication_RememberFor: 1800,
  Accounts_TwoFactorAuthentication_Enforce_Password_Fallback: true,
  Accounts_twoFactorAuthentication_email_available_for_OAuth_users: true,
  Accounts_LoginExpiration: 90,
  Accounts_AvatarResize: true,
  Accounts_AvatarSize: 200,
  FileUpload_Storage_Type: 'GridFS',
  Accounts_Send_Email_When_Activating: true,
  Accounts_Send_Email_When_Deactivating: true,
  API_Enable_Rate_Limiter: true,
  API_Enable_Rate_Limiter_Limit_Calls_Default: 10,
  API_Enable_Rate_Limiter_Limit_Time_Default: 60_000,
  ABAC_Enabled: false,
  Federation_Service_Enabled: false,
  Federation_Service_Domain: '',
};

export const ROCKETCHAT_DEFAULTS: Defaults = { ...CORE, ...ENTERPRISE, ...OTHERS };

/** Stores all of them: a chat server on which nobody has set anything. */
export async function storeRocketChatDefaults(connection: Connection): Promise<void> {
  const documents = Object.entries(ROCKETCHAT_DEFAULTS).map(([id, value]) => ({
    _id: id as never,
    value,
    packageValue: value,
    valueSource: 'packageValue',
    type: TYPES[typeof value] ?? 'string',
  }));
  await connection.collection('rocketchat_settings').insertMany(documents);
}

const TYPES: Readonly<Record<string, string>> = { boolean: 'boolean', number: 'int', string: 'string' };
