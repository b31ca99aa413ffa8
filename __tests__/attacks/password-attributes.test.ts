import { openLdapDirectory } from '../../lib/directory/ldap/ldap-directory.js';
import { equals } from '../../lib/directory/filter/search-filter.js';
import { findSecretInFilter, isSecretAttribute } from '../../lib/directory/secret-attributes.js';
import { parseSearchFilter } from '../../lib/directory/filter/parse-search-filter.js';
import { toRequestedAttributes } from '../../lib/mapping/map-entry.js';
import { parseSettings } from '../../lib/settings/settings.js';
import { parseSyncSettings } from '../../lib/settings/parse-sync-settings.js';
import { toLdapIdentity } from '../../lib/mapping/ldap-identity.js';
import { doneMessage, entryMessage, OPERATION, startLyingServer } from '../directory/ldap-messages.js';
import { addressOf, queryOf, readAll, sweepOnce } from '../directory/sweeps.js';
import { MAPPING } from '../setup/entries.js';

const SECRETS = [
  'userPassword',
  'USERPASSWORD',
  'userPassword;lang-en',
  'userpassword;x-a;binary',
  '2.5.4.35',
  '2.5.4.35;lang-en',
  '02.005.4.035',
  'OID.2.5.4.35',
  'oid.1.2.840.113556.1.4.90',
  'unicodePwd',
  'dBCSPwd',
  'lmPwdHistory',
  'ntPwdHistory',
  'supplementalCredentials',
  'sambaNTPassword',
  'sambaLMPassword',
  'sambaPasswordHistory',
  'sambaClearTextPassword',
  'lmPassword',
  'ntPassword',
  'ms-Mcs-AdmPwd',
  'ms-Mcs-AdmPwdHistory',
  'msLAPS-Password',
  'msLAPS-EncryptedPassword',
  'msLAPS-EncryptedPasswordHistory',
  'msLAPS-EncryptedDSRMPassword',
  'msLAPS-EncryptedDSRMPasswordHistory',
  'msDS-ManagedPassword',
  'msDS-ManagedPasswordId',
  'msFVE-RecoveryPassword',
  'msFVE-KeyPackage',
  'msTPM-OwnerInformation',
  'msPKIAccountCredentials',
  'msPKIDPAPIMasterKeys',
  'trustAuthIncoming',
  'trustAuthOutgoing',
  'initialAuthIncoming',
  'initialAuthOutgoing',
  'currentValue',
  'priorValue',
  'krbPrincipalKey',
  'krbMKey',
  'krbExtraData',
  'krbPwdHistory',
  'krb5Key',
  'ipaNTHash',
  'ipatokenOTPkey',
  'authPassword',
  '1.3.6.1.4.1.4203.1.3.4',
  'pwdHistory',
  'passwordHistory',
  'olcRootPW',
  'nsslapd-rootpw',
  'olcSyncrepl',
  'nsDS5ReplicaCredentials',
  'nsMultiplexorCredentials',
  'nsds5ReplicaBootstrapCredentials',
  'userPKCS12',
  'sshPrivateKey',
  'orclPassword',
  'orclPrPassword',
  'goPassword',
  'radiusTunnelPassword',
  'sambaTrustPassword',
  'nspmPassword',
  'nspmDistributionPassword',
  'mailPasswd',
  'clearPassphrase',
  'oathSecret',
  'googleAuthenticatorSecretKey',
  'ipatokenRadiusSecret',
  'securityAnswer',
  'apiKey',
  'accessToken',
  'ipaNTTrustAuthIncoming',
  'ipaNTTrustAuthOutgoing;x-a',
  'ipaWrappingKey',
  'nDSPKISDKeyStruct',
  'nDSPKISDKeyList',
  'sasLoginConfiguration',
  'sasLoginConfigurationKey',
  'nsimHint',
  'ibm-slapdAdminPW',
  'ibm-slapdMasterPW',
  'ibm-slapdSslKeyRingFilePW',
  'olcTLSCertificateKey;binary',
  'msExchUMPinChecksum',
  'userPIN',
  'oathEncKey',
  'totpSeed',
  'wpaPSK',
  'yubikeyAESKey',
  'tSIGKey',
  'zimbraPreAuthKey',
  'zimbraAuthTokens',
  'securityQuestionAnswer',
  'privKey',
];

const STATE = [
  'pwdLastSet',
  'badPwdCount',
  'badPasswordTime',
  'lockoutTime',
  'pwdAccountLockedTime',
  'pwdChangedTime',
  'pwdFailureTime',
  'pwdReset',
  'pwdPolicySubentry',
  'passwordExpirationTime',
  'passwordRetryCount',
  'krbLastPwdChange',
  'krbPasswordExpiration',
  'sambaPwdLastSet',
  'sambaPwdMustChange',
  'sambaBadPasswordCount',
  'msDS-UserPasswordExpiryTimeComputed',
  'ms-Mcs-AdmPwdExpirationTime',
  'msLAPS-PasswordExpirationTime',
  'secretary',
  'userCertificate;binary',
  'userSMIMECertificate',
  'sshPublicKey',
  'tokenGroups',
  'uid',
  'mail;lang-en',
  '2.5.4.3',
  '2.5.4.350',
  '12.5.4.35',
  'employeeNumber',
  'keywords',
  'compassDirection',
];

const FIELDS = [
  'LDAP_Unique_Identifier_Field',
  'LDAP_User_Search_Field',
  'LDAP_Username_Field',
  'LDAP_Email_Field',
  'LDAP_Name_Field',
  'LDAP_Extension_Field',
  'LDAP_Avatar_Field',
];
const AD_FIELDS = [
  'LDAP_AD_User_Search_Field',
  'LDAP_AD_Username_Field',
  'LDAP_AD_Email_Field',
  'LDAP_AD_Name_Field',
];

const BASICS = { LDAP_Enable: true, LDAP_Host: 'directory.example.org', LDAP_BaseDN: 'dc=example,dc=org' };

function problemsOf(
  settings: Readonly<Record<string, unknown>>,
): readonly { setting: string; message: string }[] {
  const raw = new Map(Object.entries({ LDAP_Server_Type: '', ...BASICS, ...settings }));
  const parsed = parseSyncSettings(parseSettings(raw));
  return parsed.ok ? [] : parsed.problems;
}

describe('an attribute that holds a password or a key', () => {
  it.each(SECRETS)('is known by its name, its options or its OID: %s', (name) => {
    expect(isSecretAttribute(name)).toBe(true);
  });

  it.each(STATE)('is not taken for one because of its name: %s', (name) => {
    expect(isSecretAttribute(name)).toBe(false);
  });

  it.each([...FIELDS.map((field) => [field, '']), ...AD_FIELDS.map((field) => [field, 'ad'])])(
    'cannot be named in %s',
    (setting, type) => {
      for (const name of [
        'userPassword;lang-en',
        '2.5.4.35',
        'OID.2.5.4.35',
        'unicodePwd',
        'ms-Mcs-AdmPwd',
        'msDS-ManagedPassword',
      ])
        for (const value of [name, `mail, ${name}`])
          expect(problemsOf({ LDAP_Server_Type: type, [setting]: value })).toContainEqual(
            expect.objectContaining({
              setting,
              message: expect.stringContaining('holds a password or a key and is never read'),
              remedy: expect.stringContaining(setting),
            }),
          );
    },
  );

  it.each(['LDAP_Username_Field', 'LDAP_Name_Field'])('cannot be named in a template of %s', (setting) => {
    expect(problemsOf({ [setting]: '#{givenName} #{ sambaNTPassword }' })).toMatchObject([
      { setting, message: expect.stringContaining('"sambaNTPassword"') },
    ]);
  });

  it.each(['*', '+', '@person', '1.1', '*,+', 'mail, *'])(
    'cannot be had by asking for everything: %s',
    (value) => {
      for (const setting of FIELDS) expect(problemsOf({ [setting]: value })).toMatchObject([{ setting }]);
    },
  );

  it.each([
    '(userPassword=*)',
    '(userPassword>={SSHA}a)',
    '(!(userPassword=*))',
    '(&(uid=*)(|(mail=*)(!(unicodePwd=x*))))',
    '(2.5.4.35=secret)',
    '(userPassword;lang-en=a*)',
    '(sambaNTPassword~=8846)',
    '(userPassword:octetStringMatch:=secret)',
    '(:octetStringMatch:=secret)',
    '(:dn:2.5.13.17:=secret)',
  ])('cannot be found out by searching for its value: %s', (filter) => {
    expect(findSecretInFilter(parseSearchFilter(filter))).toBeDefined();
    expect(problemsOf({ LDAP_User_Search_Filter: filter })).toMatchObject([
      { setting: 'LDAP_User_Search_Filter' },
    ]);
  });

  it.each(['(pwdLastSet>=1)', '(&(objectClass=person)(!(pwdAccountLockedTime=*)))', '(ou:dn:=people)'])(
    'has a state that may be searched for: %s',
    (filter) => expect(problemsOf({ LDAP_User_Search_Filter: filter })).toEqual([]),
  );

  it('is not asked for when a mapping names it all the same', () => {
    const name = { kind: 'first', attributes: SECRETS } as const;
    expect(toRequestedAttributes({ ...MAPPING, name }).filter(isSecretAttribute)).toEqual([]);
  });

  it('is nothing that a stored user can be looked up by', () => {
    const ldap = { id: '00', idAttribute: 'userPassword' };
    expect(toLdapIdentity({ services: { ldap } })).toBeUndefined();
  });

  it('is neither asked for nor read nor searched by, whatever a search says', async () => {
    const server = await startLyingServer(({ id }, socket) => {
      const secrets = SECRETS.map((name) => [name, 's3cret'] as const);
      socket.write(
        Buffer.concat([entryMessage(id, 'uid=ada', [...secrets, ['cn', 'Ada']]), doneMessage(id)]),
      );
    });
    const address = addressOf({ port: server.port });
    const { entries } = await sweepOnce(address, queryOf({ attributes: [...SECRETS, '*', '+', 'cn'] }));
    expect([...(entries[0]?.attributes.keys() ?? [])]).toEqual(['cn']);
    const asked =
      server.requests.find(({ tag }) => tag === OPERATION.searchRequest)?.bytes.toString('latin1') ?? '';
    expect(asked).toContain('cn');
    for (const name of [...SECRETS, '*', '+']) expect(asked.toLowerCase()).not.toContain(name.toLowerCase());

    const directory = await openLdapDirectory(address);
    const filter = equals('unicodePwd', 'x');
    const { error } = await readAll(directory, queryOf({ filter }));
    expect(error).toMatchObject({ code: 'directory-search', message: expect.stringContaining('unicodePwd') });
    expect(server.requests.filter(({ tag }) => tag === OPERATION.searchRequest)).toHaveLength(1);
    directory.close();
    await server.close();
  });
});
