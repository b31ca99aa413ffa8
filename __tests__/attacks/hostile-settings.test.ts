import { inspect } from 'node:util';
import { parseSettings } from '../../lib/settings/settings.js';
import { parseSyncSettings } from '../../lib/settings/parse-sync-settings.js';

const SECRET = 'Pa55 "wort" / geheim';
const GOOD = {
  LDAP_Host: 'ldap.example.org',
  LDAP_BaseDN: 'dc=example,dc=org',
  LDAP_Authentication: true,
  LDAP_Authentication_UserDN: 'cn=sync,dc=example,dc=org',
  LDAP_Authentication_Password: SECRET,
};

function problemsOf(values: Readonly<Record<string, unknown>>) {
  const parsed = parseSyncSettings(parseSettings(new Map(Object.entries({ ...GOOD, ...values }))));
  return parsed.ok ? parsed.warnings : [...parsed.problems, ...parsed.warnings];
}

describe('what is said about settings', () => {
  it.each([
    'ldap://cn=sync,dc=example,dc=org:other-secret@ldap.example.org',
    'ldaps://sync:other-secret@ldap.example.org:636',
    'sync:other-secret@ldap.example.org',
    'ldap://sync:other-secret@half@ldap.example.org',
  ])('does not show the name and the password in front of a host: %s', (LDAP_Host) => {
    const problems = problemsOf({ LDAP_Host });
    expect(problems).toContainEqual(expect.objectContaining({ setting: 'LDAP_Host' }));
    expect(inspect(problems)).toContain('@ldap.example.org');
    expect(inspect(problems)).not.toMatch(/other-secret|half/);
  });

  it.each([
    'LDAP_Host',
    'LDAP_BaseDN',
    'LDAP_Server_Type',
    'LDAP_Encryption',
    'LDAP_AD_Username_Field',
    'LDAP_Avatar_Field',
    'LDAP_User_Search_Filter',
    'LDAP_User_Search_Scope',
    'LDAP_Sync_User_Active_State',
  ])('does not show the password of the service account that was put into %s', (setting) => {
    for (const value of [SECRET, `cn ${SECRET}`]) {
      const problems = problemsOf({ [setting]: value });
      expect(problems).toContainEqual(expect.objectContaining({ setting }));
      expect(JSON.stringify(problems)).not.toMatch(/Pa55|wort|geheim/);
    }
  });
});

describe('a setting of half a megabyte is read in one pass', () => {
  const OPENINGS = 250_000;

  it('with openings of placeholders that are never closed', () => {
    for (const setting of ['LDAP_AD_Name_Field', 'LDAP_AD_Username_Field'])
      expect(problemsOf({ [setting]: '#{'.repeat(OPENINGS) })).toContainEqual(
        expect.objectContaining({ message: `${setting} has a "#{" without its "}".` }),
      );
  });

  it('with beginnings of certificates that never end', () => {
    expect(problemsOf({ LDAP_CA_Cert: '-----BEGIN CERTIFICATE-----'.repeat(OPENINGS) })).toContainEqual(
      expect.objectContaining({ message: 'LDAP_CA_Cert holds no readable PEM certificate.' }),
    );
  });
});
