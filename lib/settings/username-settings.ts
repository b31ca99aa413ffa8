import { RE2JS } from 're2js';
import { SETTINGS } from './definitions.js';
import type { SettingChecks } from './setting-checks.js';
import { splitList } from './split-list.js';
import type { Settings } from './settings.js';
import type { UsernameSettings } from './sync-settings.js';

const PATTERN = 'UTF8_User_Names_Validation';
const MAX_PATTERN = 500;

/** The part of the settings that says which user names nobody newly gets. */
export function parseUsernames(settings: Settings, checks: Pick<SettingChecks, 'reject'>): UsernameSettings {
  return {
    blocked: {
      Accounts_SystemBlockedUsernameList: splitList(settings.get('Accounts_SystemBlockedUsernameList')),
      Accounts_BlockedUsernameList: splitList(settings.get('Accounts_BlockedUsernameList')),
    },
    fits: parsePattern(settings.get(PATTERN) || SETTINGS[PATTERN].default, checks),
  };
}

/** Rocket.Chat puts the text between `^` and `$` as it is. A backtracking engine could be kept busy for hours by it. */
function parsePattern(text: string, { reject }: Pick<SettingChecks, 'reject'>): UsernameSettings['fits'] {
  if (text.length > MAX_PATTERN) {
    reject(
      PATTERN,
      `${PATTERN} has ${text.length} characters.`,
      `Write a regular expression of at most ${MAX_PATTERN} characters.`,
    );
    return () => false;
  }
  try {
    const pattern = RE2JS.compile(RE2JS.translateRegExp(`^${text}$`));
    return (username) => pattern.matcher(username).find();
  } catch (error) {
    const why = error instanceof Error ? error.message : 'it cannot be read';
    reject(
      PATTERN,
      `${PATTERN} is no regular expression that can be used: ${why.slice(0, 200)}.`,
      'Write it without look-around and back-references, and with counts of at most 1000, for example ' +
        `${SETTINGS[PATTERN].default}.`,
    );
    return () => false;
  }
}
