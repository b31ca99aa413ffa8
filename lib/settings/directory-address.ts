import { toFinding } from '../findings/finding.js';
import type { DirectoryAddress, DirectoryHost } from '../directory/directory.js';
import { isHost, parseWrittenHost, toHost } from './directory-host.js';
import type { SettingChecks } from './setting-checks.js';
import type { Settings } from './settings.js';

export { isHost, isLoopback } from './directory-host.js';

const MAX_FAILOVER_HOSTS = 16;
const OTHER_HOSTS = 'dc2.example.com, dc3.example.com:3389, [2001:db8::1]:636';
const ENCRYPTIONS = { plain: 'plain', tls: 'starttls', ssl: 'ldaps' } as const;

/** The part of the settings that says how to reach the directory, for a connection test. */
export function parseDirectoryAddress(settings: Settings, checks: SettingChecks): DirectoryAddress {
  const host = toHost(settings.get('LDAP_Host'));
  if (!isHost(host)) {
    const value = JSON.stringify(withoutCredentials(host).slice(0, 100));
    checks.reject(
      'LDAP_Host',
      host === '' ? toFinding('host-empty', {}) : toFinding('host-unusable', { value }),
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
    const value = JSON.stringify(withoutCredentials(wrong.part).slice(0, 100));
    checks.reject('LDAP_Failover_Hosts', toFinding('other-host-unusable', { value, example: OTHER_HOSTS }));
  }
  if (written.length > MAX_FAILOVER_HOSTS) {
    const counts = { count: written.length, most: MAX_FAILOVER_HOSTS };
    checks.reject('LDAP_Failover_Hosts', toFinding('other-hosts-too-many', counts));
  }
  return hosts.flatMap(({ host }) => (host ? [{ port, ...host }] : []));
}

function parseBind(settings: Settings, checks: SettingChecks): Pick<DirectoryAddress, 'bind'> {
  if (!settings.get('LDAP_Authentication')) return {};
  const dn = settings.get('LDAP_Authentication_UserDN').trim();
  const password = settings.get('LDAP_Authentication_Password');
  if (dn === '') checks.reject('LDAP_Authentication_UserDN', toFinding('account-empty', {}));
  // RFC 4513 §5.1.2: a bind with a name and no password succeeds as anonymous on some servers.
  if (password === '') checks.reject('LDAP_Authentication_Password', toFinding('password-empty', {}));
  return { bind: { dn, password } };
}

/** A URL is often pasted with a name and a password in front of its host. */
function withoutCredentials(text: string): string {
  const at = text.lastIndexOf('@');
  return at === -1 ? text : `…${text.slice(at)}`;
}
