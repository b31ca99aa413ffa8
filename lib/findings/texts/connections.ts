import type { FindingTexts } from '../finding-texts.js';

const ENCRYPTION =
  'Check LDAP_Encryption and LDAP_Port: LDAPS ("ssl") usually is on 636, StartTLS ("tls") and plain LDAP on 389.';
const REACH =
  'Check LDAP_Host and LDAP_Port, that the directory server is running, and that no firewall is in between[; LDAP_Encryption "{encryption}" needs the LDAPS port, usually 636].';
const SAID = '[ (the server says: {said})]';
const READ_RIGHTS = 'Let the service account (LDAP_Authentication_UserDN) read the people under LDAP_BaseDN.';
const INDEX = 'Look into the load of the directory server, and index what';

/** Of a connection that fails, and of a search that does. */
export const OF_CONNECTIONS = {
  'host-refuses': ['No connection to {server}: the connection was refused.', REACH],
  'host-unknown': ['No connection to {server}: there is no such host.', REACH],
  'host-mute': ['No connection to {server}: the host does not answer.', REACH],
  'host-without-route': ['No connection to {server}: there is no route to the host.', REACH],
  'host-unreachable': ['No connection to {server}: {why}.', REACH],
  'hosts-not-found': [
    'No server was found by {name}: {why}.',
    'Check the SRV record in LDAP_Host and the name servers of this host, or put the name of a server into LDAP_Host. A server outside the domain counts only when LDAP_CA_Cert says who vouches for it.',
  ],
  'hosts-all-away': [
    'None of {count} hosts can be used. {why}',
    '{todo} The other hosts are those of LDAP_Failover_Hosts.',
  ],
  'host-slow-to-connect': [
    '{server} did not answer within {ms} ms.',
    'Check LDAP_Host, LDAP_Port and the firewall[, and whether {setting} fits the port]; a slow line needs a larger LDAP_Connect_Timeout.',
  ],
  'host-hung-up': ['{server} ended the connection before it could be used.', ENCRYPTION],
  'host-hung-up-after-tls': [
    '{server} ended the connection after TLS was set up and before it could be used.',
    'Look into the log of the directory server. If it demands a certificate of the client, let it accept clients without one (OpenLDAP: TLSVerifyClient try or never).',
  ],
  'connection-lost': [
    'The connection to {server} was lost.',
    'Run the sync again; if it returns, look into the log of the directory server.',
  ],
  'host-silent': [
    '{server} was silent for {ms} ms.',
    'Check the load of the directory server, or raise LDAP_Timeout.',
  ],
  'certificate-untrusted': [
    'The certificate of {server} is not trusted: {why}.',
    'Put the certificate of the authority that signed it into LDAP_CA_Cert, and the name it was made for into LDAP_Host.',
  ],
  'tls-failed': ['TLS with {server} failed: {why}.', ENCRYPTION],
  'tls-client-certificate-demanded': [
    'TLS with {server} failed: it demands a certificate of the client ({why}).',
    'Let the directory server accept clients without a certificate (OpenLDAP: TLSVerifyClient try or never); the service account signs in with its password.',
  ],
  'tls-too-old': [
    'TLS with {server} failed: it speaks only versions of TLS that are too old ({why}).',
    'Enable TLS 1.2 or 1.3 on the directory server.',
  ],
  'tls-too-weak': [
    'TLS with {server} failed: its certificate or its key exchange is too weak ({why}).',
    'Give the directory server a certificate with SHA-256 and an RSA key of 2,048 bits or more, and large Diffie-Hellman parameters.',
  ],
  'tls-without-agreement': [
    'TLS with {server} failed: it accepts nothing that is offered ({why}).',
    'Enable TLS 1.2 or 1.3 with usual ciphers on the directory server, and demand no certificate of the client. If that is not it, check LDAP_Encryption and LDAP_Port.',
  ],
  'start-tls-refused': [
    `{server} refused StartTLS${SAID}. No password was sent.`,
    'Set up TLS on the directory server, or set LDAP_Encryption to "ssl" with the LDAPS port.',
  ],
  'port-expects-tls': [
    '{server} expects TLS from the first byte (LDAPS), and LDAP_Encryption is "{encryption}".',
    'Set LDAP_Encryption to "ssl", or LDAP_Port to the port for StartTLS and plain LDAP, usually 389 (3268 of a global catalogue).',
  ],
  'port-without-tls': [
    '{server} speaks LDAP without TLS, and LDAP_Encryption is "ssl" (LDAPS).',
    'Set LDAP_Port to the LDAPS port, usually 636 (3269 of a global catalogue), or LDAP_Encryption to "tls" (StartTLS) for this port.',
  ],
  'base-missing': [
    `There is no entry {base} in the directory${SAID}.`,
    `Correct LDAP_BaseDN. ${READ_RIGHTS}`,
  ],
  'search-refused': [
    `The directory server refused the search ({result})${SAID}.`,
    `${READ_RIGHTS} An anonymous search may be forbidden: see LDAP_Authentication.`,
  ],
  'search-refused-because': [`The directory server refused the search ({result}): {why}${SAID}.`, '{todo}'],
  'search-failed': [
    `The search failed: {result} ({number})${SAID}.`,
    'Check LDAP_BaseDN and LDAP_User_Search_Filter, and the log of the directory server.',
  ],
  'test-too-slow': [
    'The directory had not answered after {seconds} seconds.',
    `${INDEX} people are searched by.`,
  ],
  'section-too-slow': [
    'The directory had not answered everything after {seconds} seconds.',
    `${INDEX} is searched by.`,
  ],
  'directory-failed': ['{why}', '{todo}'],
} as const satisfies FindingTexts;
