import { parseSyncSettings } from '../../lib/settings/parse-sync-settings.js';
import { parseSettings } from '../../lib/settings/settings.js';

const GOOD = { LDAP_Host: 'ldap.example.org', LDAP_BaseDN: 'ou=people,dc=example' };

function problemsOf(changes: Readonly<Record<string, unknown>>) {
  const parsed = parseSyncSettings(parseSettings(new Map(Object.entries({ ...GOOD, ...changes }))));
  return parsed.ok ? [] : parsed.problems;
}

it.each<[string, string, string]>([
  ['LDAP_BaseDN', 'ou=people\u200b,dc=example', 'U+200B'],
  ['LDAP_BaseDN', '\ufeffou=people,dc=example', 'U+FEFF'],
  ['LDAP_User_Search_Filter', '(uid=\u202ea)', 'U+202E'],
  ['LDAP_AD_Email_Field', 'ma\u00adil', 'U+00AD'],
  ['LDAP_AD_Name_Field', '#{cn}\u{e0041}', 'U+E0041'],
  ['LDAP_Default_Domain', 'x\u200d.org', 'U+200D'],
  ['LDAP_Host', 'ldap\u2060.example.org', 'U+2060'],
  ['LDAP_Server_Type', 'ad\u200b', 'U+200B'],
  ['LDAP_Authentication_UserDN', 'cn=chat\u200b', 'U+200B'],
  ['Accounts_AllowedDomainsList', 'x.org\u200b', 'U+200B'],
  ['Accounts_Registration_Users_Default_Roles', 'user\u200b', 'U+200B'],
])('%s with an invisible character is refused, and the character is named', (setting, value, found) => {
  expect(problemsOf({ [setting]: value })).toContainEqual({
    setting,
    message: `${setting} holds the invisible character ${found}.`,
    remedy: `Type ${setting} anew; do not copy it.`,
    code: 'value-with-invisible-character',
    params: { setting, character: found },
  });
});

it('no message holds an invisible character', () => {
  const problems = problemsOf({ LDAP_AD_Email_Field: 'ma\u200bil', LDAP_Host: 'a\u200bb' });
  expect(JSON.stringify(problems)).toContain('ma<U+200B>il');
  expect(JSON.stringify(problems)).not.toContain('\u200b');
});

it.each<[string, unknown]>([
  ['LDAP_BaseDN', 'ou=می\u200cخواهم,dc=example'],
  ['LDAP_Authentication_Password', 'pass\u200bword'],
])('%s may hold what is spelling, or meant', (setting, value) => {
  expect(problemsOf({ [setting]: value })).toEqual([]);
});

it.each([
  ['example.org.', []],
  ['@example.org', []],
  ['b\u00fccher.example', []],
  ['10.0.0.1', ['LDAP_Default_Domain']],
  ['a b', ['LDAP_Default_Domain']],
  ['x@y.org', ['LDAP_Default_Domain']],
])('the default domain %s is read by the rules of addresses', (value, wrong) => {
  expect(problemsOf({ LDAP_Default_Domain: value }).map(({ setting }) => setting)).toEqual(wrong);
});

it('an attribute that is named twice in two spellings counts once', () => {
  const settings = parseSettings(
    new Map(
      Object.entries({ ...GOOD, LDAP_Unique_Identifier_Field: 'nsuniqueId,nsUniqueId,samaccountname' }),
    ),
  );
  const parsed = parseSyncSettings(settings);
  expect(parsed.ok && parsed.settings.mapping.idAttributes).toEqual(['nsuniqueId', 'samaccountname']);
});
