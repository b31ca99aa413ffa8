import { LdapSyncError } from '../../errors.js';
import type { DirectoryAddress } from '../directory.js';
import { AD_REASONS, CERTIFICATE_CODES, SOCKET_REASONS } from './failure-codes.js';
import type { ResponseResult } from './server-text.js';

const INVALID_CREDENTIALS = 49;
export const ENCRYPTION_REMEDY =
  'Check LDAP_Encryption and LDAP_Port: LDAPS ("ssl") usually is on 636, StartTLS ("tls") and plain ' +
  'LDAP on 389.';

/** What went wrong before the directory could be used. Never contains a credential. */
export function toConnectError(
  error: Error & { code?: unknown },
  { host, port, encryption }: DirectoryAddress,
): LdapSyncError {
  const where = `${host}:${port}`;
  const code = typeof error.code === 'string' ? error.code : '';
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
    return new LdapSyncError('directory-tls', `TLS with ${where} failed: ${error.message.trim()}.`, {
      remedy: ENCRYPTION_REMEDY,
      cause: error,
    });
  }
  return new LdapSyncError('directory-unreachable', `No connection to ${where}: ${toPlainText(error)}.`, {
    remedy:
      'Check LDAP_Host and LDAP_Port, that the directory server is running, and that no firewall is in ' +
      `between${encryption === 'ldaps' ? '; LDAP_Encryption "ssl" needs the LDAPS port, usually 636' : ''}.`,
    cause: error,
  });
}

export function toConnectTimeout({
  host,
  port,
  connectTimeoutMs,
  encryption,
}: DirectoryAddress): LdapSyncError {
  return new LdapSyncError(
    'directory-timeout',
    `${host}:${port} did not answer within ${connectTimeoutMs} ms.`,
    {
      remedy:
        'Check LDAP_Host, LDAP_Port and the ' +
        `firewall${encryption === 'plain' ? '' : ', and whether LDAP_Encryption fits the port'}; a slow ` +
        'line needs a larger LDAP_Connect_Timeout.',
    },
  );
}

/** The other side hung up before the connection could be used. */
export function toEndedEarly({ host, port, encryption }: DirectoryAddress): LdapSyncError {
  const code = encryption === 'plain' ? 'directory-unreachable' : 'directory-tls';
  return new LdapSyncError(code, `${host}:${port} ended the connection before it could be used.`, {
    remedy: ENCRYPTION_REMEDY,
  });
}

export function toLost({ host, port }: DirectoryAddress, cause?: Error): LdapSyncError {
  return new LdapSyncError('directory-lost', `The connection to ${host}:${port} was lost.`, {
    remedy: 'Run the sync again; if it returns, look into the log of the directory server.',
    ...(cause ? { cause } : {}),
  });
}

export function toSilence({ host, port }: DirectoryAddress, silentMs: number): LdapSyncError {
  return new LdapSyncError('directory-timeout', `${host}:${port} was silent for ${silentMs} ms.`, {
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

export function toStartTlsRefused({ host, port }: DirectoryAddress, diagnostic: string): LdapSyncError {
  return new LdapSyncError(
    'directory-tls',
    `${host}:${port} refused StartTLS${quote(diagnostic)}. No password was sent.`,
    {
      remedy: 'Set up TLS on the directory server, or set LDAP_Encryption to "ssl" with the LDAPS port.',
    },
  );
}

export function toBindError(
  error: Error & { code?: unknown },
  { host, port }: DirectoryAddress,
  answer?: ResponseResult,
): LdapSyncError {
  const reason =
    AD_REASONS[answer?.adReason ?? ''] ??
    (error.code === INVALID_CREDENTIALS ? 'the name or the password is wrong' : toPlainText(error));
  return new LdapSyncError(
    'directory-bind',
    `${host}:${port} refused the service account: ${reason}${quote(answer?.diagnosticMessage ?? '')}.`,
    {
      remedy: 'Check LDAP_Authentication_UserDN and LDAP_Authentication_Password.',
    },
  );
}

/** The server's own words; they have been cleaned. */
export function quote(diagnostic: string): string {
  return diagnostic === '' ? '' : ` (the server says: ${diagnostic})`;
}

function toPlainText(error: Error & { code?: unknown }): string {
  const code = typeof error.code === 'string' ? error.code : '';
  // Two refused addresses of one host come as an error without a message.
  return SOCKET_REASONS[code] ?? (error.message.replace(/\.$/, '') || code || 'unknown error');
}
