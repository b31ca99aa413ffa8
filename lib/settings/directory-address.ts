import type { DirectoryAddress, DirectoryHost } from '../directory/directory.js';
import { isHost, parseWrittenHost, toHost } from './directory-host.js';
import type { SettingChecks } from './setting-checks.js';
import type { Settings } from './settings.js';

export { isHost, isLoopback } from './directory-host.js';

const MAX_FAILOVER_HOSTS = 16;
const ENCRYPTIONS = { plain: 'plain', tls: 'starttls', ssl: 'ldaps' } as const;

/** The part of the settings that says how to reach the directory, for a connection test. */
export function parseDirectoryAddress(settings: Settings, checks: SettingChecks): DirectoryAddress {
  const host = toHost(settings.get('LDAP_Host'));
  if (!isHost(host)) {
    checks.reject(
      'LDAP_Host',
      host === ''
        ? 'LDAP_Host is empty.'
        : `LDAP_Host is ${JSON.stringify(withoutCredentials(host).slice(0, 100))}, which is not a host name.`,
      'Put the bare host name or IP address of the directory server into LDAP_Host, without ldap:// ' +
        'and without a port.',
    );
  }
  const port = checks.number('LDAP_Port');
  return {
    host,
    port,
    failoverHosts: parseFailoverHosts(settings, checks, port),
    encryption: ENCRYPTIONS[checks.oneOf('LDAP_Encryption')],
    caCertificates: checks.certificates('LDAP_CA_Cert'),
    rejectUnauthorized: settings.get('LDAP_Reject_Unauthorized'),
    ...parseBind(settings, checks),
    connectTimeoutMs: checks.number('LDAP_Connect_Timeout'),
    operationTimeoutMs: checks.number('LDAP_Timeout'),
    isActiveDirectory: settings.get('LDAP_Server_Type') === 'ad',
    dereferenceAliases: checks.oneOf('LDAP_Dereference_Aliases'),
  };
}

/** People separate them by commas, semicolons, blanks or lines. */
function parseFailoverHosts(
  settings: Settings,
  checks: SettingChecks,
  port: number,
): readonly DirectoryHost[] {
  const written = settings
    .get('LDAP_Failover_Hosts')
    .split(/[,;\s]+/)
    .filter((part) => part !== '');
  const hosts = written.slice(0, MAX_FAILOVER_HOSTS).map((part) => ({ part, host: parseWrittenHost(part) }));
  const wrong = hosts.find(({ host }) => host === undefined);
  if (wrong) {
    checks.reject(
      'LDAP_Failover_Hosts',
      `LDAP_Failover_Hosts names ${JSON.stringify(withoutCredentials(wrong.part).slice(0, 100))}, which is ` +
        'no host.',
      'Separate the hosts by commas, each a host name or an IP address without ldap://, with a port where ' +
        'it differs from LDAP_Port: dc2.example.com, dc3.example.com:3389, [2001:db8::1]:636.',
    );
  }
  if (written.length > MAX_FAILOVER_HOSTS) {
    checks.reject(
      'LDAP_Failover_Hosts',
      `LDAP_Failover_Hosts names ${written.length} hosts.`,
      `Name at most ${MAX_FAILOVER_HOSTS} hosts in LDAP_Failover_Hosts.`,
    );
  }
  return hosts.flatMap(({ host }) => (host ? [{ port, ...host }] : []));
}

function parseBind(settings: Settings, checks: SettingChecks): Pick<DirectoryAddress, 'bind'> {
  if (!settings.get('LDAP_Authentication')) return {};
  const dn = settings.get('LDAP_Authentication_UserDN').trim();
  const password = settings.get('LDAP_Authentication_Password');
  const remedy = 'or switch LDAP_Authentication off to search anonymously.';
  if (dn === '') {
    checks.reject(
      'LDAP_Authentication_UserDN',
      'LDAP_Authentication_UserDN is empty.',
      `Give the DN of the service account, ${remedy}`,
    );
  }
  if (password === '') {
    // RFC 4513 §5.1.2: a bind with a name and no password succeeds as anonymous on some servers.
    checks.reject(
      'LDAP_Authentication_Password',
      'LDAP_Authentication_Password is empty.',
      `Give the password of the service account, ${remedy}`,
    );
  }
  return { bind: { dn, password } };
}

/** A URL is often pasted with a name and a password in front of its host. */
function withoutCredentials(text: string): string {
  const at = text.lastIndexOf('@');
  return at === -1 ? text : `…${text.slice(at)}`;
}
