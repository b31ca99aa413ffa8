import { toFinding } from '../findings/finding.js';
import { findInvisible } from '../invisible-characters.js';
import { SETTING_IDS, SETTINGS, type SettingId } from './definitions.js';
import type { SettingPart } from './definitions/definition.js';
import type { SettingProblem, Settings } from './settings.js';

/** Any character may be meant in a password. A certificate is read between its own marks. */
const UNREAD: readonly SettingId[] = ['LDAP_Authentication_Password', 'LDAP_CA_Cert'];
/** Names in a directory may be written with joiners, which are spelling in some languages. */
const WITH_NAMES: readonly SettingId[] = [
  'LDAP_BaseDN',
  'LDAP_Authentication_UserDN',
  'LDAP_User_Search_Filter',
];
const JOINERS = /[\u200c\u200d]/g;

/**
 * Texts of these parts with invisible characters, which come along when somebody copies from a web page. Nobody
 * can see why such a text matches nothing.
 */
export function findInvisibleSettings(
  settings: Settings,
  parts: readonly SettingPart[],
): readonly SettingProblem[] {
  return SETTING_IDS.flatMap((setting) => {
    if (!parts.includes(SETTINGS[setting].part) || UNREAD.includes(setting)) return [];
    const text = String(settings.get(setting));
    const found = findInvisible(WITH_NAMES.includes(setting) ? text.replace(JOINERS, '') : text);
    if (found === undefined) return [];
    return [
      {
        setting,
        ...toFinding('value-with-invisible-character', { setting, character: found }),
      },
    ];
  });
}
