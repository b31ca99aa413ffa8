import { LdapSyncError } from '../errors.js';
import type { DirectoryAddress } from './directory.js';

const CERTIFICATE_CODES = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** What Active Directory means by `data …` in the text of a refused bind. */
const AD_REASONS: Readonly<Record<string, string>> = {
  '525': 'there is no such account',
  '52e': 'the name or the password is wrong',
  '530': 'the account may not sign in at this time',
  '531': 'the account may not sign in from this computer',
  '532': 'the password has expired',
  '533': 'the account is disabled',
  '701': 'the account has expired',
  '773': 'the password must be changed first',
  '775': 'the account is locked',
};

const INVALID_CREDENTIALS = 49;

/** What went wrong before the directory could be used. Never contains a credential. */
export function toConnectError(error: Error & { code?: unknown }, { host, port, encryption }: DirectoryAddress): LdapSyncError {
  const where = `${host}:${port}`;
  const code = typeof error.code === 'string' ? error.code : '';
  if (CERTIFICATE_CODES.has(code)) {
    return new LdapSyncError('directory-tls', `The certificate of ${where} is not trusted: ${error.message}.`, {
      remedy: 'Put the certificate of the authority that signed it into LDAP_CA_Cert, and the name it was made for into LDAP_Host.',
      cause: error,
    });
  }
  if (encryption !== 'plain' && (code === 'EPROTO' || code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS'))) {
    return new LdapSyncError('directory-tls', `TLS with ${where} failed: ${error.message.trim()}.`, {
      remedy: 'Check LDAP_Encryption and LDAP_Port: LDAPS ("ssl") usually is on 636, StartTLS ("tls") and plain LDAP on 389.',
      cause: error,
    });
  }
  const isUnknown = code === 'ENOTFOUND' || code === 'EAI_AGAIN';
  return new LdapSyncError(
    'directory-unreachable',
    `No connection to ${where}: ${isUnknown ? 'there is no such host' : toPlainText(error)}.`,
    {
      remedy: `Check LDAP_Host and LDAP_Port, that the directory server is running, and that no firewall is in between${encryption === 'ldaps' ? '; LDAP_Encryption "ssl" needs the LDAPS port, usually 636' : ''}.`,
      cause: error,
    },
  );
}

export function toConnectTimeout({ host, port, connectTimeoutMs, encryption }: DirectoryAddress): LdapSyncError {
  return new LdapSyncError('directory-timeout', `${host}:${port} did not answer within ${connectTimeoutMs} ms.`, {
    remedy: `Check LDAP_Host, LDAP_Port and the firewall${encryption === 'plain' ? '' : ', and whether LDAP_Encryption fits the port'}; a slow line needs a larger LDAP_Connect_Timeout.`,
  });
}

export function toStartTlsRefused({ host, port }: DirectoryAddress, diagnostic: string): LdapSyncError {
  return new LdapSyncError('directory-tls', `${host}:${port} refused StartTLS${quote(diagnostic)}. No password was sent.`, {
    remedy: 'Set up TLS on the directory server, or set LDAP_Encryption to "ssl" with the LDAPS port.',
  });
}

export function toBindError(error: Error & { code?: unknown }, { host, port }: DirectoryAddress, diagnostic: string): LdapSyncError {
  const adCode = /\bdata ([0-9a-f]{3}),/i.exec(diagnostic)?.[1]?.toLowerCase() ?? '';
  const reason = AD_REASONS[adCode] ?? (error.code === INVALID_CREDENTIALS ? 'the name or the password is wrong' : toPlainText(error));
  return new LdapSyncError('directory-bind', `${host}:${port} refused the service account: ${reason}${quote(diagnostic)}.`, {
    remedy: 'Check LDAP_Authentication_UserDN and LDAP_Authentication_Password.',
  });
}

/** The server's own words, bounded, on one line. */
export function quote(diagnostic: string): string {
  const text = diagnostic.replace(/[\p{Cc}\s]+/gu, ' ').trim();
  return text === '' ? '' : ` (the server says: ${text.slice(0, 300)})`;
}

function toPlainText(error: Error & { code?: unknown }): string {
  if (error.code === 'ECONNREFUSED') return 'the connection was refused';
  if (error.code === 'ECONNRESET') return 'the connection was reset';
  return error.message.replace(/\.$/, '') || 'unknown error';
}
