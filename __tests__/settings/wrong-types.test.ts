import { SETTING_IDS, type SettingId } from '../../lib/settings/definitions.js';
import { parseSyncSettings } from '../../lib/settings/parse-sync-settings.js';
import { parseSettings } from '../../lib/settings/settings.js';

/** What a run says of a setting: that it fails, that the default is used, or nothing. */
function verdictOn(id: SettingId, value: unknown): 'fails' | 'default' | 'silent' {
  const parsed = parseSyncSettings(parseSettings(new Map([[id, value]])));
  const names = (rows: readonly { readonly setting: string; readonly message: string }[]): boolean =>
    rows.some(
      ({ setting, message }) => setting === id && /is not (?:true|a whole|text)|is -?\d/.test(message),
    );
  if (!parsed.ok && names(parsed.problems)) return 'fails';
  return names(parsed.warnings) ? 'default' : 'silent';
}

/** Settings that no sync reads: calls, second factors, mails and the schedule. */
const NOT_READ =
  /^(?:LDAP_Background_Sync_(?:(?:Avatars|ABAC_Attributes)_)?Interval|LDAP_Sync_AutoLogout_Interval|LDAP_Sync_Time_Zone|SMTP_|API_|From_Email|Site_(?:Name|Url)|Accounts_(?:LoginExpiration|Send_Email|[Tt]woFactor))/;
const OPT_IN = 'Accounts_TwoFactorAuthentication_By_Email_Auto_Opt_In';
const CAREFUL_DEFAULT = new RegExp(
  [
    '^LDAP_(?:Guard|Sync_History|Sync_Mail|Sync_Room|Sync_AutoLogout)_',
    '^LDAP_(?:Sync_Custom|CustomField)',
    '^LDAP_(?:Background_Sync_)?ABAC_|^ABAC_Enabled',
    '^Accounts_(?:Avatar|Custom)',
    '^(?:UI|E2E|Message|UTF8_Channel|Federation_Service)_',
  ].join('|'),
);

describe('a stored value of a wrong type', () => {
  it.each(SETTING_IDS)('of %s fails the run unless the default is the careful choice', (id) => {
    const isRead = id === OPT_IN || !NOT_READ.test(id);
    const expected = !isRead ? 'silent' : CAREFUL_DEFAULT.test(id) ? 'default' : 'fails';
    expect(verdictOn(id, { $ne: 'x' })).toBe(expected);
  });
});

describe('a number out of range', () => {
  it.each<[SettingId, number, number]>([
    ['LDAP_Port', 0, 65_536],
    ['LDAP_Timeout', 0, 86_400_001],
    ['LDAP_Connect_Timeout', 0, 86_400_001],
    ['LDAP_Search_Page_Size', -1, 100_001],
    ['LDAP_Search_Size_Limit', -1, 2_147_483_648],
  ])('of %s fails the run', (id, low, high) => {
    expect([verdictOn(id, low), verdictOn(id, high)]).toEqual(['fails', 'fails']);
  });

  it.each<[SettingId, number, number]>([
    ['LDAP_Guard_Always_Allowed', 0, 1_001],
    ['LDAP_Guard_Deactivations_Percent', 0, 51],
    ['LDAP_Guard_Renames_Percent', 0, 51],
    ['LDAP_Guard_Clearings_Percent', 0, 51],
    ['LDAP_Guard_Deactivations_Maximum', 0, 100_001],
    ['LDAP_Guard_Renames_Maximum', 0, 100_001],
    ['LDAP_Guard_Clearings_Maximum', 0, 100_001],
    ['LDAP_Sync_History_Days', 0, 3_651],
    ['LDAP_Sync_History_Runs', 9, 10_001],
  ])('of %s brings the default, and a warning', (id, low, high) => {
    expect([verdictOn(id, low), verdictOn(id, high)]).toEqual(['default', 'default']);
  });

  it('of the width of photos becomes the nearest one', () => {
    const sizeOf = (value: number): number | undefined => {
      const complete = { LDAP_Host: 'h', LDAP_BaseDN: 'dc=x', Accounts_AvatarSize: value };
      const parsed = parseSyncSettings(parseSettings(new Map(Object.entries(complete))));
      return parsed.ok ? parsed.settings.photo.size : undefined;
    };
    expect([15, 16, 1_024, 1_025].map(sizeOf)).toEqual([16, 16, 1_024, 1_024]);
  });
});
