import { parseSyncSettings } from '../../lib/settings/parse-sync-settings.js';
import { parseSettings } from '../../lib/settings/settings.js';
import { toSyncSettings } from '../setup/sync-settings.js';

const PATTERN = 'UTF8_User_Names_Validation';

/** The problems of the pattern alone; the other settings are not what a run needs. */
function problemsOf(pattern: unknown) {
  const values = { LDAP_Host: 'x', LDAP_BaseDN: 'dc=x', LDAP_Server_Type: '', [PATTERN]: pattern };
  const parsed = parseSyncSettings(parseSettings(new Map(Object.entries(values))));
  return parsed.ok ? [] : parsed.problems.filter(({ setting }) => setting === PATTERN);
}

describe('the settings of user names', () => {
  it('have the defaults of Rocket.Chat', () => {
    const { blocked, fits } = toSyncSettings().usernames;
    expect(blocked).toEqual({
      Accounts_SystemBlockedUsernameList: ['admin', 'administrator', 'system', 'user'],
      Accounts_BlockedUsernameList: [],
    });
    expect(['ada.l-x_9', 'ADA'].map(fits)).toEqual([true, true]);
    expect(['josé', 'a b', ''].map(fits)).toEqual([false, false, false]);
  });

  it('take names separated by commas, with blanks and empty parts', () => {
    expect(
      toSyncSettings({ Accounts_BlockedUsernameList: ' Root,, boss ,' }).usernames.blocked,
    ).toMatchObject({ Accounts_BlockedUsernameList: ['Root', 'boss'] });
  });

  it.each([
    ['', 'ada', true],
    ['', 'josé', false],
    ['\\w+', 'a_b', true],
    ['[\\w\\-.]+', 'a-b.c', true],
    ['[a-z\\u00e4]+', 'bär', true],
    ['(?<name>[a-z]+)', 'ada', true],
    // As Rocket.Chat does it: the anchors bind to the first and the last alternative.
    ['foo|bar', 'foot', true],
    ['foo|bar', 'xfoot', false],
  ])('with the pattern "%s" let a user be called %s: %s', (pattern, name, isFitting) => {
    expect(toSyncSettings({ [PATTERN]: pattern }).usernames.fits(name)).toBe(isFitting);
  });

  it.each(['(?!admin).*', '\\p{L}+', '(a)\\1', '[a-z', '((a{1000}){1000}){1000}', 'a{1001}', '('])(
    'name a pattern that cannot be used as a problem with a remedy: %s',
    (pattern) => {
      expect(problemsOf(pattern)).toMatchObject([
        {
          setting: PATTERN,
          message: expect.stringMatching(/^UTF8_User_Names_Validation, between \^ and \$, \S/),
          remedy: expect.stringContaining('without look-around and back-references'),
        },
      ]);
    },
  );

  it('name a pattern of more than 500 characters, its anchors included, as a problem', () => {
    expect(problemsOf('a'.repeat(498))).toEqual([]);
    expect(problemsOf('a'.repeat(499))).toMatchObject([{ message: expect.stringContaining('501') }]);
  });

  it('name a pattern that is no text as a problem', () => {
    expect(problemsOf({ $regex: 'a' })).toMatchObject([{ message: `${PATTERN} is not text.` }]);
  });
});
