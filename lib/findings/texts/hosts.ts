import { COMPARE_AUTHORITY, COMPARE_CERTIFICATE } from './comparing.js';
import type { FindingTexts } from '../finding-texts.js';

const BARE_HOST =
  'Put the bare host name or IP address of the directory server into LDAP_Host, without ldap:// and without a port.';
const OR_ANONYMOUS = 'or switch LDAP_Authentication off to search anonymously.';
const RENEW = 'Renew the certificate on the directory server.';

/** Of where the directory is, how it is encrypted, and who signs in. */
export const OF_HOSTS = {
  'host-empty': ['LDAP_Host is empty.', BARE_HOST],
  'host-unusable': ['LDAP_Host is {value}, which is not a host name.', BARE_HOST],
  'other-host-unusable': [
    'LDAP_Failover_Hosts names {value}, which is no host.',
    'Separate the hosts by commas, each a host name or an IP address without ldap://, with a port where it differs from LDAP_Port: {example}.',
  ],
  'other-hosts-too-many': [
    'LDAP_Failover_Hosts names {count} hosts.',
    'Name at most {most} hosts in LDAP_Failover_Hosts.',
  ],
  'account-empty': [
    'LDAP_Authentication_UserDN is empty.',
    `Give the DN of the service account, ${OR_ANONYMOUS}`,
  ],
  'password-empty': [
    'LDAP_Authentication_Password is empty.',
    `Give the password of the service account, ${OR_ANONYMOUS}`,
  ],
  'certificate-unreadable': [
    '{setting} holds no readable PEM certificate.',
    'Paste the whole certificate chain into {setting}, each from "-----BEGIN CERTIFICATE-----" to "-----END CERTIFICATE-----".',
  ],
  'password-unencrypted': [
    'The password of the service account crosses the network unencrypted.',
    'Set LDAP_Encryption to "ssl" (LDAPS) or "tls" (StartTLS).',
  ],
  'certificate-unverified': [
    'The certificate of the directory server is not verified, so anyone in between can read the password and change people.',
    'Put the certificate of your authority into LDAP_CA_Cert and switch LDAP_Reject_Unauthorized on.',
  ],
  'certificate-for-another-host': [
    'The certificate of the server is for {names}, and not for {host}.',
    'Put one of the names in the certificate into LDAP_Host, or have the certificate made for this host.',
  ],
  'certificate-expired': ['A certificate of the server has expired: {dates}.', RENEW],
  'certificate-not-yet-valid': [
    'A certificate of the server is not valid yet: {dates}.',
    'Check the clocks of this host and of the directory server.',
  ],
  'certificate-expires': [
    'The certificate of {subject} expires in {days} days.',
    'Renew it on the directory server.',
  ],
  'authority-unknown': [
    'Nobody whom the settings trust vouches for the certificate of {subject} ({why}).[ {authority}: SHA-256 {sha256}.]',
    'Put the certificate of the authority that signed it into LDAP_CA_Cert.',
  ],
  'authority-offered': [
    'Nobody whom the settings trust vouches for the certificate of {subject} ({why}).[ {authority}: SHA-256 {sha256}.]',
    COMPARE_AUTHORITY,
  ],
  'certificate-offered': [
    'Nobody whom the settings trust vouches for the certificate of {subject} ({why}).[ {authority}: SHA-256 {sha256}.]',
    COMPARE_CERTIFICATE,
  ],
  'server-is-no-ad': [
    'This is {server}, and the settings say Active Directory (LDAP_Server_Type is "ad").',
    'Set LDAP_Server_Type to an empty text, so that LDAP_Username_Field, LDAP_Email_Field, LDAP_Name_Field and LDAP_User_Search_Field count instead of those for Active Directory.',
  ],
  'server-is-ad': [
    'This is {server}, and the settings say another server (LDAP_Server_Type is empty).',
    'Set LDAP_Server_Type to "ad", so that LDAP_AD_Username_Field, LDAP_AD_Email_Field, LDAP_AD_Name_Field and LDAP_AD_User_Search_Field count.',
  ],
  'account-expired': [
    'The password of the service account has expired ({time}).',
    'Set a new password in the directory, and LDAP_Authentication_Password to it.',
  ],
  'account-expires': [
    'The password of the service account expires in {days} days ({time}).',
    'Set a new password in the directory, and LDAP_Authentication_Password to it.',
  ],
  'server-can-start-tls': [
    'The connection is not encrypted, and the server can do StartTLS ({protocol}).',
    'Set LDAP_Encryption to "tls", and give the password of the service account in the same call.',
  ],
  'server-can-ldaps': [
    'The connection is not encrypted, and the server can do LDAPS ({protocol}).',
    'Set LDAP_Encryption to "ssl", and give the password of the service account in the same call.',
  ],
  'ldaps-port': [
    'LDAPS is on port {port} of this server.',
    'Set LDAP_Port to {port} together with LDAP_Encryption.',
  ],
} as const satisfies FindingTexts;
