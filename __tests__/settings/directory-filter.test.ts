import { parseSyncSettings } from '../../lib/settings/parse-sync-settings.js';
import { parseSettings } from '../../lib/settings/settings.js';

const GOOD = { LDAP_Host: 'ldap.example.org', LDAP_BaseDN: 'dc=example,dc=org', LDAP_Encryption: 'ssl' };
const parse = (values: Readonly<Record<string, unknown>>) =>
  parseSyncSettings(parseSettings(new Map(Object.entries({ ...GOOD, ...values }))));
const warningsOf = (LDAP_User_Search_Filter: string | undefined, values = {}) =>
  parse({
    LDAP_Server_Type: 'ad',
    ...(LDAP_User_Search_Filter === undefined ? {} : { LDAP_User_Search_Filter }),
    ...values,
  }).warnings.filter(({ setting }) => setting === 'LDAP_User_Search_Filter');

describe('the filter of an Active Directory', () => {
  it.each<[string | undefined, RegExp]>([
    [undefined, /groups, computers and managed service accounts/],
    ['', /groups, computers and managed service accounts/],
    ['(objectClass=*)', /groups, computers/],
    ['( objectCategory = * )', /groups, computers/],
    ['(sAMAccountName=*)', /groups, computers/],
    ['(|(mail=*)(objectClass=top))', /groups, computers/],
    ['(&(objectClass=*)(cn=*))', /groups, computers/],
    ['(objectClass=user)', /matches computers and managed service accounts,/],
    ['(objectClass=person)', /matches computers and managed/],
    ['(!(objectClass=group))', /matches computers and managed/],
    ['(!(userAccountControl:1.2.840.113556.1.4.803:=4096))', /matches groups,/],
    ['(sAMAccountType=805306369)', /matches computers and managed/],
  ])('that matches more than people is a warning with the usual filter: %s', (filter, kinds) => {
    expect(warningsOf(filter)).toMatchObject([
      {
        setting: 'LDAP_User_Search_Filter',
        message: expect.stringMatching(kinds),
        remedy: expect.stringContaining('(&(objectCategory=person)(objectClass=user))'),
      },
    ]);
  });

  it.each([
    '(&(objectCategory=person)(objectClass=user))',
    '(objectCategory=CN=Person,CN=Schema,CN=Configuration,DC=lab,DC=example)',
    '(sAMAccountType=805306368)',
    '(&(objectClass=user)(!(objectClass=computer)))',
    '(&(objectClass=user)(mail=*))',
    '(memberOf=CN=Chat,DC=lab,DC=example)',
    '(userAccountControl:1.2.840.113556.1.4.803:=512)',
  ])('that matches people only, or perhaps, is none: %s', (filter) => {
    expect(warningsOf(filter)).toEqual([]);
  });

  it('is narrowed by the search fields, too', () => {
    expect(warningsOf('(objectClass=*)', { LDAP_AD_User_Search_Field: 'mail' })).toEqual([]);
  });

  it('is no concern of another server', () => {
    expect(warningsOf('(objectClass=*)', { LDAP_Server_Type: '' })).toEqual([]);
  });
});

describe('a filter with a placeholder of another product', () => {
  it.each([
    '(uid=%s)',
    '(uid=%(user)s)',
    '(uid={0})',
    '(uid=#{username})',
    '(uid=$uid)',
    '(uid={{username}})',
  ])('ends the run, and is named for what it is: %s', (filter) => {
    const parsed = parse({ LDAP_Server_Type: '', LDAP_User_Search_Filter: filter });
    expect(parsed).toMatchObject({
      ok: false,
      problems: [
        {
          setting: 'LDAP_User_Search_Filter',
          message: expect.stringContaining(`contains ${filter.slice(5, -1)}, a placeholder`),
          remedy: expect.stringContaining('Take the condition with the placeholder out'),
        },
      ],
    });
  });
});
