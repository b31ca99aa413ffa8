import { toFinding } from '../findings/finding.js';
import { SETTINGS } from './definitions.js';
import type { SettingChecks } from './setting-checks.js';
import { splitList } from './split-list.js';
import type { Settings } from './settings.js';
import type { UsernameSettings } from './sync-settings.js';
import { parsePattern } from './variables/pattern.js';

const PATTERN = 'UTF8_User_Names_Validation';

/** The part of the settings that says which user names nobody newly gets. */
export function parseUsernames(settings: Settings, checks: Pick<SettingChecks, 'reject'>): UsernameSettings {
  return {
    blocked: {
      Accounts_SystemBlockedUsernameList: splitList(settings.get('Accounts_SystemBlockedUsernameList')),
      Accounts_BlockedUsernameList: splitList(settings.get('Accounts_BlockedUsernameList')),
    },
    fits: parseFitting(settings.get(PATTERN) || SETTINGS[PATTERN].default, checks),
  };
}

/** Rocket.Chat puts the text between `^` and `$` as it is. */
function parseFitting(text: string, { reject }: Pick<SettingChecks, 'reject'>): UsernameSettings['fits'] {
  const parsed = parsePattern(`^${text}$`, '');
  if ('pattern' in parsed) return (username) => parsed.pattern.find(username, 0) !== undefined;
  const example = SETTINGS[PATTERN].default;
  reject(PATTERN, toFinding('username-pattern-unusable', { setting: PATTERN, why: parsed.fault, example }));
  return () => false;
}
