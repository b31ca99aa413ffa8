import { toSyncSettings } from '../setup/sync-settings.js';

/** Each keeps an engine that backtracks busy for longer than anybody waits. */
const PATTERNS = ['(a+)+', '(a|a)*', '(a|aa)+', '([a-z]+)*', '(.*a){20}', '(x+x+)+y', '(?:a?){128}a{128}'];
const NAME = `${'a'.repeat(127)}!`;

describe('a pattern of user names that backtracks without end', () => {
  it.each(PATTERNS)('is answered in linear time: %s', (pattern) => {
    const { fits } = toSyncSettings({ UTF8_User_Names_Validation: pattern }).usernames;
    expect(fits(NAME)).toBe(false);
  });
});
