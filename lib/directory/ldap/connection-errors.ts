import { LdapSyncError } from '../../errors.js';
import type { DirectoryAddress } from '../directory.js';
import { toAuthority } from './authority.js';
import { AwayError } from './away-error.js';
import { CERTIFICATE_CODES, SOCKET_REASONS } from './failure-codes.js';
import type { ResponseResult } from './server-text.js';
import { findTlsFailure } from './tls-failures.js';

export const ENCRYPTION_REMEDY =
  'Check LDAP_Encryption and LDAP_Port: LDAPS ("ssl") usually is on 636, StartTLS ("tls") and plain ' +
  'LDAP on 389.';
const ENDED = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED']);
const BUSY_CODES: ReadonlySet<number> = new Set([51, 52]);

/** What went wrong before the directory could be used. Never contains a credential. */
export function toConnectError(
  error: Error & { code?: unknown },
  address: DirectoryAddress,
  isSecured = false,
): LdapSyncError {
  const { encryption } = address;
  const where = toAuthority(address);
  const code = typeof error.code === 'string' ? error.code : '';
  if (isSecured && ENDED.has(code)) return toEndedEarly(address, isSecured);
  if (CERTIFICATE_CODES.has(code)) {
    return new LdapSyncError(
      'directory-tls',
      `The certificate of ${where} is not trusted: ${error.message}.`,
      {
        remedy:
          'Put the certificate of the authority that signed it into LDAP_CA_Cert, and the name it was ' +
          'made for into LDAP_Host.',
        cause: error,
      },
    );
  }
  if (
    encryption !== 'plain' &&
    (code === 'EPROTO' || code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS'))
  ) {
    const known = findTlsFailure(error);
    const reason = known ? `${known.reason} (${error.message.trim()})` : error.message.trim();
    return new LdapSyncError('directory-tls', `TLS with ${where} failed: ${reason}.`, {
      remedy: known?.remedy ?? ENCRYPTION_REMEDY,
      cause: error,
    });
  }
  return new AwayError('directory-unreachable', `No connection to ${where}: ${toPlainText(error)}.`, {
    absence: ENDED.has(code) ? 'ended' : 'unreached',
    remedy:
      'Check LDAP_Host and LDAP_Port, that the directory server is running, and that no firewall is in ' +
      `between${encryption === 'ldaps' ? '; LDAP_Encryption "ssl" needs the LDAPS port, usually 636' : ''}.`,
    cause: error,
  });
}

export function toConnectTimeout(address: DirectoryAddress): LdapSyncError {
  const { connectTimeoutMs, encryption } = address;
  return new AwayError(
    'directory-timeout',
    `${toAuthority(address)} did not answer within ${connectTimeoutMs} ms.`,
    {
      absence: 'silent',
      remedy:
        'Check LDAP_Host, LDAP_Port and the ' +
        `firewall${encryption === 'plain' ? '' : ', and whether LDAP_Encryption fits the port'}; a slow ` +
        'line needs a larger LDAP_Connect_Timeout.',
    },
  );
}

/** The other side hung up before the connection could be used. `isSecured`: after TLS was set up. */
export function toEndedEarly(address: DirectoryAddress, isSecured = false): LdapSyncError {
  const code = address.encryption === 'plain' ? 'directory-unreachable' : 'directory-tls';
  const when = isSecured ? 'after TLS was set up and before it' : 'before it';
  return new AwayError(code, `${toAuthority(address)} ended the connection ${when} could be used.`, {
    absence: 'ended',
    remedy: isSecured
      ? 'Look into the log of the directory server. If it demands a certificate of the client, let it accept ' +
        'clients without one (OpenLDAP: TLSVerifyClient try or never).'
      : ENCRYPTION_REMEDY,
  });
}

export function toLost(address: DirectoryAddress, cause?: Error): LdapSyncError {
  return new AwayError('directory-lost', `The connection to ${toAuthority(address)} was lost.`, {
    absence: 'ended',
    remedy: 'Run the sync again; if it returns, look into the log of the directory server.',
    ...(cause ? { cause } : {}),
  });
}

export function toSilence(address: DirectoryAddress, silentMs: number): LdapSyncError {
  return new AwayError('directory-timeout', `${toAuthority(address)} was silent for ${silentMs} ms.`, {
    absence: 'silent',
    remedy: 'Check the load of the directory server, or raise LDAP_Timeout.',
  });
}

/** The signal's owner, or a consumer that left early, does not want to go on. */
export function toStopped(signal?: AbortSignal): LdapSyncError {
  const reason: unknown = signal?.reason;
  return reason instanceof LdapSyncError
    ? reason
    : new LdapSyncError('run-stopped', 'The sync was stopped.', { remedy: 'Run it again.' });
}

export function toStartTlsRefused(
  address: DirectoryAddress,
  { resultCode, diagnosticMessage }: ResponseResult,
): LdapSyncError {
  const message = `${toAuthority(address)} refused StartTLS${quote(diagnosticMessage)}. No password was sent.`;
  const remedy = 'Set up TLS on the directory server, or set LDAP_Encryption to "ssl" with the LDAPS port.';
  return BUSY_CODES.has(resultCode)
    ? new AwayError('directory-tls', message, { absence: 'refusing', remedy })
    : new LdapSyncError('directory-tls', message, { remedy });
}

/** The server's own words; they have been cleaned. */
export function quote(diagnostic: string): string {
  return diagnostic === '' ? '' : ` (the server says: ${diagnostic})`;
}

export function toPlainText(error: Error & { code?: unknown }): string {
  const code = typeof error.code === 'string' ? error.code : '';
  // Two refused addresses of one host come as an error without a message.
  return SOCKET_REASONS[code] ?? (error.message.replace(/\.$/, '') || code || 'unknown error');
}
