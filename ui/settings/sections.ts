import type { GivenValues, SettingRow } from '../api/settings-answers.js';
import type { Tested } from '../api/test-answers.js';

/** In the order in which one needs the other. */
export const SECTIONS = [
  'connection',
  'account',
  'people',
  'mapping',
  'groups',
  'removals',
  'others',
] as const;
export type Section = (typeof SECTIONS)[number];

/** Sections that can be tried out on the directory. */
export const TESTS: Readonly<Record<Section, Tested | undefined>> = {
  connection: 'connection',
  account: 'account',
  people: 'people',
  mapping: 'mapping',
  groups: 'groups',
  removals: undefined,
  others: undefined,
};

/** What is shown first; the rest of a section is folded. A name ends with `*`: all that begin so. */
const FIRST: Readonly<Record<Section, readonly string[]>> = {
  connection: [
    'LDAP_Enable',
    'LDAP_Host',
    'LDAP_Port',
    'LDAP_Encryption',
    'LDAP_CA_Cert',
    'LDAP_Reject_Unauthorized',
  ],
  account: ['LDAP_Authentication', 'LDAP_Authentication_UserDN', 'LDAP_Authentication_Password'],
  people: [
    'LDAP_Server_Type',
    'LDAP_BaseDN',
    'LDAP_User_Search_Filter',
    'LDAP_User_Search_Scope',
    'LDAP_User_Search_Field',
    'LDAP_AD_User_Search_Field',
    'LDAP_Unique_Identifier_Field',
    'LDAP_Group_Filter_Enable',
  ],
  mapping: [
    'LDAP_Username_Field',
    'LDAP_AD_Username_Field',
    'LDAP_Email_Field',
    'LDAP_AD_Email_Field',
    'LDAP_Name_Field',
    'LDAP_AD_Name_Field',
    'LDAP_Default_Domain',
    'LDAP_Avatar_Field',
  ],
  groups: [
    'LDAP_Sync_User_Data_Roles',
    'LDAP_Sync_User_Data_RolesMap',
    'LDAP_Sync_User_Data_Channels',
    'LDAP_Sync_User_Data_ChannelsMap',
    'LDAP_Enable_LDAP_Groups_To_RC_Teams',
    'LDAP_Groups_To_Rocket_Chat_Teams',
  ],
  removals: [
    'LDAP_Background_Sync',
    'LDAP_Background_Sync_Import_New_Users',
    'LDAP_Background_Sync_Keep_Existant_Users_Updated',
    'LDAP_Merge_Existing_Users',
    'LDAP_Background_Sync_Disable_Missing_Users',
    'LDAP_Sync_User_Active_State',
    'LDAP_Background_Sync_Avatars',
    'LDAP_Guard_Always_Allowed',
    'LDAP_Guard_Deactivations_Percent',
    'LDAP_Guard_Deactivations_Maximum',
  ],
  others: [],
};

/** Which further settings belong where, by how their ids begin; the first that fits counts. */
const FURTHER: readonly (readonly [start: string, section: Section])[] = [
  ['LDAP_Failover_Hosts', 'connection'],
  ['LDAP_Connect_Timeout', 'connection'],
  ['LDAP_Timeout', 'connection'],
  ['LDAP_Dereference_Aliases', 'connection'],
  ['LDAP_Group_Filter_', 'people'],
  ['LDAP_Search_', 'people'],
  ['LDAP_Sync_User_Data_', 'groups'],
  ['LDAP_Teams_', 'groups'],
  ['LDAP_Query_To_Get_User_Teams', 'groups'],
  ['LDAP_Validate_Teams_', 'groups'],
  ['LDAP_Sync_Room_Messages', 'groups'],
  ['LDAP_User_Search_AttributesToQuery', 'mapping'],
  ['LDAP_DataSync_', 'mapping'],
  ['LDAP_Sync_Custom_Fields', 'mapping'],
  ['LDAP_CustomFieldMap', 'mapping'],
  ['LDAP_Extension_Field', 'mapping'],
  ['LDAP_FederationHomeServer_Field', 'mapping'],
  ['LDAP_Background_Sync_ABAC_Attributes', 'mapping'],
  ['LDAP_ABAC_AttributeMap', 'mapping'],
  ['LDAP_Guard_', 'removals'],
  ['LDAP_Sync_History_', 'removals'],
  ['LDAP_Sync_Mail_', 'removals'],
  ['LDAP_Background_Sync_Merge_', 'removals'],
  ['LDAP_Free_Names_', 'removals'],
  ['LDAP_Active_State_', 'removals'],
  ['LDAP_Sync_User_Avatar', 'removals'],
];

/** They have a screen of their own. */
export const SCHEDULED: readonly string[] = [
  'LDAP_Background_Sync_Interval',
  'LDAP_Background_Sync_Avatars_Interval',
  'LDAP_Background_Sync_ABAC_Attributes_Interval',
  'LDAP_Sync_AutoLogout_Interval',
  'LDAP_Sync_AutoLogout_Enabled',
  'LDAP_Sync_AutoLogout_Gone',
  'LDAP_Sync_Time_Zone',
];

export function toSectionOf({ setting, effect }: SettingRow): Section {
  const named = SECTIONS.find((section) => FIRST[section].includes(setting));
  if (named) return named;
  if (effect === 'none') return 'others';
  return FURTHER.find(([start]) => setting.startsWith(start))?.[1] ?? 'others';
}

export interface SectionRows {
  readonly first: readonly SettingRow[];
  readonly further: readonly SettingRow[];
}

/** `isAd`: whether the settings with AD in their id count; the others are of no use then, and are folded. */
export function toRowsOf(section: Section, rows: readonly SettingRow[], isAd: boolean): SectionRows {
  const own = rows.filter((row) => !SCHEDULED.includes(row.setting) && toSectionOf(row) === section);
  const first = FIRST[section].flatMap((id) =>
    own.filter(({ setting }) => setting === id && !isIdle(id, isAd)),
  );
  return { first, further: own.filter((row) => !first.includes(row)) };
}

function isIdle(id: string, isAd: boolean): boolean {
  const [plain, ad] = id.startsWith('LDAP_AD_')
    ? [id.replace('_AD_', '_'), id]
    : [id, id.replace('LDAP_', 'LDAP_AD_')];
  const hasTwin = FIRST.people.includes(ad) || FIRST.mapping.includes(ad);
  return hasTwin && (isAd ? id === plain : id === ad);
}

const HARMLESS: readonly string[] = [
  'LDAP_Guard_',
  'LDAP_Sync_History_',
  'LDAP_Sync_Mail_',
  'LDAP_Sync_AutoLogout_',
  'LDAP_Connect_Timeout',
  'LDAP_Timeout',
  'LDAP_Search_Page_Size',
  'LDAP_Sync_Room_Messages',
  'LDAP_Sync_Time_Zone',
];

/** Whether a change may narrow or rewrite who is synced, so that it is looked at before it is saved. */
export function needsPreview(setting: string): boolean {
  return !setting.endsWith('_Interval') && !HARMLESS.some((start) => setting.startsWith(start));
}

/** What a sync brings: one whole list of these has to be on. */
const SWITCHES: readonly (readonly string[])[] = [
  ['LDAP_Background_Sync'],
  ['LDAP_Background_Sync_Avatars'],
  ['LDAP_Background_Sync_ABAC_Attributes', 'ABAC_Enabled'],
];

/** Whether a sync with these would read anybody; else there is nothing to preview. */
export function syncsAnybody(rows: readonly SettingRow[], draft: GivenValues): boolean {
  const isOn = (id: string): boolean => toValueNow(id, rows, draft) === true;
  return isOn('LDAP_Enable') && SWITCHES.some((switches) => switches.every(isOn));
}

/** What a setting says with the draft. */
export function toValueNow(id: string, rows: readonly SettingRow[], draft: GivenValues): unknown {
  const row = rows.find(({ setting }) => setting === id);
  if (!Object.hasOwn(draft, id)) return row?.value;
  return draft[id] ?? row?.default;
}
