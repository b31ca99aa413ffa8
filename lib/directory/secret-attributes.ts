import type { SearchFilter } from './filter/search-filter.js';

/**
 * Attribute types whose values are passwords, their hashes, or keys: never asked for, never searched by, and
 * passed over when a server sends them unasked. Those with a name that says so are found by {@link
 * SECRET_NAME}.
 */
const SECRET_NAMES = new Set([
  // Active Directory
  'currentvalue',
  'initialauthincoming',
  'initialauthoutgoing',
  'ms-fve-keypackage',
  'msfve-keypackage',
  'mskds-rootkeydata',
  'mspkidpapimasterkeys',
  'mstpm-ownerinformation',
  'mstpm-ownerinformationtemp',
  'priorvalue',
  'trustauthincoming',
  'trustauthoutgoing',
  // Kerberos, FreeIPA, Heimdal
  'ipanttrustauthincoming',
  'ipanttrustauthoutgoing',
  'ipavaultsalt',
  'ipawrappingkey',
  'ipatokenotpkey',
  'krb5key',
  'krbextradata',
  'krbmkey',
  'krbprincipalkey',
  // eDirectory: its certificate authority's keys, and what its login methods keep
  'ndspkisdkeylist',
  'ndspkisdkeystruct',
  'sasloginconfiguration',
  'sasloginconfigurationkey',
  // IBM
  'ibm-slapdcryptosalt',
  'ibm-slapdcryptosync',
  // OpenLDAP's configuration holds the passwords it binds with.
  'olcdbaclbind',
  'olcdbidassertbind',
  'olcsyncrepl',
  'olctlscertificatekey',
  // Answers to the questions of a password reset, and hints at it
  'apple-user-authenticationhint',
  'challengeresponse',
  'nsimhint',
  'pwmresponseset',
]);

/** The same by OID, where a filter may name them so. */
const SECRET_OIDS = new Set([
  '2.5.4.35', // userPassword
  '1.2.840.113556.1.4.27', // currentValue
  '1.2.840.113556.1.4.55', // dBCSPwd
  '1.2.840.113556.1.4.90', // unicodePwd
  '1.2.840.113556.1.4.94', // ntPwdHistory
  '1.2.840.113556.1.4.100', // priorValue
  '1.2.840.113556.1.4.125', // supplementalCredentials
  '1.2.840.113556.1.4.129', // trustAuthIncoming
  '1.2.840.113556.1.4.135', // trustAuthOutgoing
  '1.2.840.113556.1.4.160', // lmPwdHistory
  '1.2.840.113556.1.4.539', // initialAuthIncoming
  '1.2.840.113556.1.4.540', // initialAuthOutgoing
  '1.2.840.113556.1.4.1964', // msFVE-RecoveryPassword
  '1.2.840.113556.1.4.1966', // msTPM-OwnerInformation
  '1.2.840.113556.1.4.1999', // msFVE-KeyPackage
  '1.2.840.113556.1.4.2196', // msDS-ManagedPassword
  '1.2.840.113556.1.8000.2554.50051.45980.28112.18903.35903.6685103.1224907.2.1', // ms-Mcs-AdmPwd
  '1.3.6.1.4.1.42.2.27.8.1.20', // pwdHistory
  '1.3.6.1.4.1.4203.1.3.4', // authPassword
  '1.3.6.1.4.1.5322.10.1.10', // krb5Key
  '1.3.6.1.4.1.7165.2.1.1', // lmPassword
  '1.3.6.1.4.1.7165.2.1.2', // ntPassword
  '1.3.6.1.4.1.7165.2.1.24', // sambaLMPassword
  '1.3.6.1.4.1.7165.2.1.25', // sambaNTPassword
  '1.3.6.1.4.1.7165.2.1.54', // sambaPasswordHistory
  '1.3.6.1.4.1.7165.2.1.68', // sambaClearTextPassword
  '1.3.6.1.4.1.7165.2.1.69', // sambaPreviousClearTextPassword
  '2.16.840.1.113719.1.301.4.35.1', // krbMKey
  '2.16.840.1.113719.1.301.4.39.1', // krbPrincipalKey
  '2.16.840.1.113719.1.301.4.44.1', // krbPwdHistory
  '2.16.840.1.113719.1.301.4.51.1', // krbExtraData
  '2.16.840.1.113730.3.1.216', // userPKCS12
]);

/** A name, its hyphens left out, that says what is in it. A `secretary` is a person. */
const SECRET_NAME = new RegExp(
  [
    'pass(?:wor[dt]|wd|phrase|code)|pwd|pw$|secret(?!ar)|credential|keytab|pkcs12|(?:nt|lm|ntlm)hash',
    '(?:priv(?:ate)?|symmetric|preshared|shared|recovery|otp|totp|hotp|api|session|enc(?:ryption)?|master)key',
    '(?:auth|token|aes|des|hmac|rsa|tsig|signing)key|(?:otp|totp|hotp|oath)seed|(?:wifi|wlan|wpa)psk',
    '(?:access|refresh|bearer|reset|auth|api|session|login)tokens?|(?:backup|recovery|scratch)code',
    '^pin$|(?:user|oath|phone|card|door|um)pin(?:$|hash|checksum)|security(?:question)?answer',
    'kennwort|contrasena|motdepasse|wachtwoord',
  ].join('|'),
);

/** Named like a secret and none: when a password was set or may be set, and which rules it follows. */
const STATE = new RegExp(
  `^(?:${[
    '(?:sambabad|bad)(?:pwd|password)(?:count|time)',
    '(?:samba)?pwd(?:lastset|canchange|mustchange)',
    '(?:ibm)?pwd(?:accountlocked|accountlockedtime|accounttmplockoutend|changedtime|endtime|expirationwarned)',
    'pwd(?:failuretime|graceusetime|lastsuccess|policysubentry|properties|reset|starttime|mustchange)',
    '(?:max|min)pwd(?:age|length)|pwdhistorylength',
    'password(?:allowchangetime|changedtime|expirationtime|expwarned|graceusertime|policysubentry|retrycount)',
    'krb(?:lastpwdchange|passwordexpiration|pwdpolicyreference)',
    'msdsuserpasswordexpirytimecomputed|msmcsadmpwdexpirationtime',
    'mslaps(?:passwordexpirationtime|currentpasswordversion)|orclpwd(?:changedtime|accountunlocktime)',
  ].join('|')})$`,
);

/** Whether an attribute description (name or OID, any case, any options) is one of a secret. */
export function isSecretAttribute(description: string): boolean {
  const type = (description.split(';')[0] ?? '')
    .trim()
    .toLowerCase()
    .replace(/^oid\./, '');
  if (/^[\d.]+$/.test(type)) return SECRET_OIDS.has(type.replace(/(^|\.)0+(?=\d)/g, '$1'));
  if (SECRET_NAMES.has(type)) return true;
  const name = type.replace(/[^a-z0-9]/g, '');
  return SECRET_NAME.test(name) && !STATE.test(name);
}

/**
 * Finds an attribute that a filter must not test: one that holds a secret, since the matches tell its value
 * bit by bit; or `''`, which stands for every attribute. `undefined` when there is none.
 */
export function findSecretInFilter(filter: SearchFilter): string | undefined {
  switch (filter.type) {
    case 'and':
    case 'or':
      return filter.filters.map(findSecretInFilter).find((found) => found !== undefined);
    case 'not':
      return findSecretInFilter(filter.filter);
    default: {
      const { attribute = '' } = filter;
      return attribute === '' || isSecretAttribute(attribute) ? attribute : undefined;
    }
  }
}
