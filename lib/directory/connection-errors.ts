import { LdapSyncError } from '../errors.js';
import type { DirectoryAddress } from './directory.js';
import { MalformedMessageError } from './malformed-message-error.js';
import { OversizedMessageError } from './oversized-message-error.js';
import type { ResponseResult } from './server-text.js';

const CERTIFICATE_CODES = new Set([
  'CERT_CHAIN_TOO_LONG',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REJECTED',
  'CERT_REVOKED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'HOSTNAME_MISMATCH',
  'INVALID_CA',
  'INVALID_PURPOSE',
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

/** What the usual failures of a connection are called by people. */
const SOCKET_REASONS: Readonly<Record<string, string>> = {
  EAI_AGAIN: 'the name of the host cannot be looked up',
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was reset',
  EHOSTUNREACH: 'there is no route to the host',
  ENETUNREACH: 'there is no route to the network',
  ENOTFOUND: 'there is no such host',
  ETIMEDOUT: 'the host does not answer',
};

const INVALID_CREDENTIALS = 49;
const ENCRYPTION_REMEDY =
  'Check LDAP_Encryption and LDAP_Port: LDAPS ("ssl") usually is on 636, StartTLS ("tls") and plain LDAP on 389.';

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
          'Put the certificate of the authority that signed it into LDAP_CA_Cert, and the name it was made for into LDAP_Host.',
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
    remedy: `Check LDAP_Host and LDAP_Port, that the directory server is running, and that no firewall is in between${encryption === 'ldaps' ? '; LDAP_Encryption "ssl" needs the LDAPS port, usually 636' : ''}.`,
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
      remedy: `Check LDAP_Host, LDAP_Port and the firewall${encryption === 'plain' ? '' : ', and whether LDAP_Encryption fits the port'}; a slow line needs a larger LDAP_Connect_Timeout.`,
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

/** What reading or ldapjs failed on. */
export function toBrokenProtocol(
  error: Error,
  lastResult: ResponseResult | undefined,
  address: DirectoryAddress,
  isOpening: boolean,
): LdapSyncError {
  if (error instanceof MalformedMessageError) return toGarbage(error, address, isOpening);
  if (error instanceof OversizedMessageError) return toOversized(error, address, isOpening);
  return toUnknownResult(lastResult, address, isOpening);
}

/** An answer that ldapjs has no name for, and therefore fails on. */
function toUnknownResult(
  result: ResponseResult | undefined,
  { host, port }: DirectoryAddress,
  isOpening: boolean,
): LdapSyncError {
  const what = result
    ? `with the unknown result ${result.resultCode}${quote(result.diagnosticMessage)}`
    : 'with something unexpected';
  return new LdapSyncError(
    isOpening ? 'directory-unreachable' : 'directory-search',
    `${host}:${port} answered ${what}.`,
    {
      remedy: 'Look into the log of the directory server.',
    },
  );
}

/** Bytes that are not LDAP. Before the connection could be used they mean the wrong port; later, that it is broken. */
function toGarbage(
  error: MalformedMessageError,
  { host, port }: DirectoryAddress,
  isOpening: boolean,
): LdapSyncError {
  if (isOpening && error.isTls) {
    return new LdapSyncError('directory-tls', `${host}:${port} speaks TLS, and was spoken to without.`, {
      remedy: ENCRYPTION_REMEDY,
    });
  }
  return new LdapSyncError(
    isOpening ? 'directory-unreachable' : 'directory-lost',
    `${host}:${port}: ${error.message}`,
    {
      remedy: `Check that LDAP_Host and LDAP_Port are those of an LDAP server. ${ENCRYPTION_REMEDY}`,
    },
  );
}

function toOversized(
  error: OversizedMessageError,
  { host, port }: DirectoryAddress,
  isOpening: boolean,
): LdapSyncError {
  const code = isOpening ? 'directory-unreachable' : 'directory-lost';
  return new LdapSyncError(code, `${host}:${port}: ${error.message}`, { remedy: error.remedy });
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

/** Somebody, usually the signal's owner, does not want to go on. */
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
