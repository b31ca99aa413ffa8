/** What a setting's value must be. */
export type SettingType = 'boolean' | 'int' | 'string';

export interface SettingDefinition {
  readonly type: SettingType;
  readonly default: boolean | number | string;
}

const boolean = (value: boolean) => ({ type: 'boolean', default: value }) as const;
const int = (value: number) => ({ type: 'int', default: value }) as const;
const string = (value: string) => ({ type: 'string', default: value }) as const;

/**
 * The settings this package reads, with Rocket.Chat's ids (misspellings included) and defaults.
 * A setting without a document in `rocketchat_settings` has its default.
 */
export const SETTINGS = {
  LDAP_Enable: boolean(false),
  LDAP_Server_Type: string('ad'),
  LDAP_Host: string(''),
  LDAP_Port: int(389),
  LDAP_Authentication: boolean(false),
  LDAP_Authentication_UserDN: string(''),
  LDAP_Authentication_Password: string(''),
  LDAP_Encryption: string('plain'),
  LDAP_CA_Cert: string(''),
  LDAP_Reject_Unauthorized: boolean(true),
  LDAP_Timeout: int(60_000),
  LDAP_Connect_Timeout: int(1_000),
  LDAP_BaseDN: string(''),
  LDAP_User_Search_Filter: string('(objectclass=*)'),
  LDAP_User_Search_Scope: string('sub'),
  LDAP_AD_User_Search_Field: string('sAMAccountName'),
  LDAP_User_Search_Field: string('uid'),
  LDAP_Search_Page_Size: int(250),
  LDAP_Search_Size_Limit: int(1_000),
  LDAP_Unique_Identifier_Field: string('objectGUID,ibm-entryUUID,GUID,dominoUNID,nsuniqueId,uidNumber,uid'),
  LDAP_Merge_Existing_Users: boolean(false),
  LDAP_Default_Domain: string(''),
  LDAP_AD_Username_Field: string('sAMAccountName'),
  LDAP_Username_Field: string('uid'),
  LDAP_AD_Email_Field: string('mail'),
  LDAP_Email_Field: string('mail'),
  LDAP_AD_Name_Field: string('cn'),
  LDAP_Name_Field: string('cn'),
  LDAP_Extension_Field: string(''),
  LDAP_Sync_User_Avatar: boolean(true),
  LDAP_Avatar_Field: string(''),
  LDAP_Background_Sync: boolean(false),
  LDAP_Background_Sync_Import_New_Users: boolean(true),
  LDAP_Background_Sync_Keep_Existant_Users_Updated: boolean(true),
  LDAP_Background_Sync_Merge_Existent_Users: boolean(false),
  LDAP_Background_Sync_Disable_Missing_Users: boolean(false),
  LDAP_Background_Sync_Avatars: boolean(false),
  LDAP_Sync_User_Active_State: string('disable'),

  // Not Rocket.Chat's: the guard, and how long the account of what was done is kept.
  LDAP_Guard_Always_Allowed: int(10),
  LDAP_Guard_Deactivations_Percent: int(5),
  LDAP_Guard_Deactivations_Maximum: int(500),
  LDAP_Guard_Renames_Percent: int(5),
  LDAP_Guard_Renames_Maximum: int(500),
  LDAP_Guard_Clearings_Percent: int(5),
  LDAP_Guard_Clearings_Maximum: int(500),
  LDAP_Sync_History_Days: int(90),
  LDAP_Sync_History_Runs: int(500),
  LDAP_Sync_Mail_Administrators: boolean(false),

  Accounts_LoginExpiration: int(90),
  Accounts_TwoFactorAuthentication_Enabled: boolean(true),
  Accounts_TwoFactorAuthentication_MaxDelta: int(1),
  Accounts_TwoFactorAuthentication_By_TOTP_Enabled: boolean(true),
  Accounts_TwoFactorAuthentication_By_Email_Enabled: boolean(true),
  Accounts_TwoFactorAuthentication_By_Email_Auto_Opt_In: boolean(true),
  Accounts_TwoFactorAuthentication_By_Email_Code_Expiration: int(3_600),
  Accounts_TwoFactorAuthentication_Max_Invalid_Email_Code_Attempts: int(5),
  Accounts_twoFactorAuthentication_email_available_for_OAuth_users: boolean(true),
  Accounts_Verify_Email_For_External_Accounts: boolean(true),
  Accounts_ManuallyApproveNewUsers: boolean(false),
  Accounts_AllowedDomainsList: string(''),
  Accounts_Registration_AuthenticationServices_Default_Roles: string('user'),
  Accounts_Registration_Users_Default_Roles: string('user'),
  Accounts_AvatarResize: boolean(true),
  Accounts_AvatarSize: int(200),
  UTF8_Names_Slugify: boolean(true),

  API_Enable_Rate_Limiter: boolean(true),
  API_Enable_Rate_Limiter_Limit_Calls_Default: int(10),
  API_Enable_Rate_Limiter_Limit_Time_Default: int(60_000),

  From_Email: string(''),
  Site_Name: string(''),
  SMTP_Protocol: string('smtp'),
  SMTP_Host: string(''),
  SMTP_Port: string(''),
  SMTP_IgnoreTLS: boolean(true),
  SMTP_Username: string(''),
  SMTP_Password: string(''),
} as const satisfies Record<string, SettingDefinition>;

export type SettingId = keyof typeof SETTINGS;

/** The value of a setting by its id: `boolean`, `number` or `string`. */
export type SettingValue<Id extends SettingId> = (typeof SETTINGS)[Id]['default'];

export const SETTING_IDS = Object.keys(SETTINGS) as readonly SettingId[];
