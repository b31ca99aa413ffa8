import { definitionsOf } from './definition.js';

const { onOff, number, text, choice } = definitionsOf('connection', false);

const DAY_MS = 86_400_000;

/** How the directory server is reached. */
export const CONNECTION = {
  LDAP_Enable: onOff(false, 'Whether LDAP is used at all.'),
  LDAP_Host: text(
    '',
    'The host name or IP address of the directory server, without scheme and port; or the name of an SRV ' +
      'record, such as _ldap._tcp.example.com, which lists the servers of a domain.',
  ),
  LDAP_Failover_Hosts: text(
    '',
    'More hosts with the same directory, separated by commas, each with :port where it differs. A run that ' +
      'has read nothing yet goes on to the next one when a host is away, silent or busy. Of this package.',
  ),
  LDAP_Port: number(389, { min: 1, max: 65_535 }, 'The port of the directory server.'),
  LDAP_Encryption: choice(
    'plain',
    ['plain', 'tls', 'ssl'],
    'How the connection is encrypted: not at all (plain), by StartTLS (tls) or by LDAPS (ssl).',
  ),
  LDAP_CA_Cert: text(
    '',
    'The certificates (PEM) of the authorities that may vouch for the server, an intermediate one alone, too; ' +
      'empty: those of Node.',
  ),
  LDAP_Reject_Unauthorized: onOff(true, 'Whether a certificate that cannot be verified ends the connection.'),
  LDAP_Authentication: onOff(false, 'Whether a service account is used; otherwise searches are anonymous.'),
  LDAP_Authentication_UserDN: text('', 'The DN of the service account.'),
  LDAP_Authentication_Password: text('', 'The password of the service account.'),
  LDAP_Connect_Timeout: number(1_000, { min: 1, max: DAY_MS }, 'How long connecting may take, in ms.'),
  LDAP_Dereference_Aliases: choice(
    'never',
    ['never', 'searching', 'finding', 'always'],
    'Whether the server follows aliases: below the base DN (searching), for the base DN itself (finding), ' +
      'or both (always). Of this package.',
  ),
  LDAP_Timeout: number(60_000, { min: 1, max: DAY_MS }, 'How long an answer may take, in ms.'),
} as const;
