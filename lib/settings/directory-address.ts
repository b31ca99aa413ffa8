import { isIP } from 'node:net';
import type { DirectoryAddress } from '../directory/directory.js';
import type { SettingChecks } from './setting-checks.js';
import type { Settings } from './settings.js';

const ENCRYPTIONS = { plain: 'plain', tls: 'starttls', ssl: 'ldaps' } as const;

/** The part of the settings that says how to reach the directory, for a connection test. */
export function parseDirectoryAddress(settings: Settings, checks: SettingChecks): DirectoryAddress {
  const host = settings.get('LDAP_Host').trim();
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
  return {
    host,
    port: checks.number('LDAP_Port'),
    encryption: ENCRYPTIONS[checks.oneOf('LDAP_Encryption')],
    caCertificates: checks.certificates('LDAP_CA_Cert'),
    rejectUnauthorized: settings.get('LDAP_Reject_Unauthorized'),
    ...parseBind(settings, checks),
    connectTimeoutMs: checks.number('LDAP_Connect_Timeout'),
    operationTimeoutMs: checks.number('LDAP_Timeout'),
  };
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

/** A host name (RFC 1123, underscores tolerated) or an IP address. */
export function isHost(text: string): boolean {
  return (
    isIP(text) !== 0 ||
    /^(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*\.?$/i.test(
      text,
    )
  );
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\./.test(host);
}
