import { LdapSyncError, toFailure } from '../../errors.js';
import { toFinding } from '../../findings/finding.js';
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
  const server = toAuthority(address);
  const code = typeof error.code === 'string' ? error.code : '';
  if (isSecured && ENDED.has(code)) return toEndedEarly(address, isSecured);
  if (CERTIFICATE_CODES.has(code)) {
    const finding = toFinding('certificate-untrusted', { server, why: error.message });
    return toFailure('directory-tls', finding, { cause: error });
  }
  if (
    encryption !== 'plain' &&
    (code === 'EPROTO' || code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS'))
  ) {
    const finding = toFinding(findTlsFailure(error) ?? 'tls-failed', { server, why: error.message.trim() });
    return toFailure('directory-tls', finding, { cause: error });
  }
  const finding = toFinding(UNREACHED[code] ?? 'host-unreachable', {
    server,
    why: toPlainText(error),
    encryption: encryption === 'ldaps' ? 'ssl' : undefined,
  });
  return new AwayError('directory-unreachable', finding, {
    absence: ENDED.has(code) ? 'ended' : 'unreached',
    cause: error,
  });
}

type UnreachedCode = 'host-refuses' | 'host-unknown' | 'host-mute' | 'host-without-route';

/** The usual ones, which have words of their own. */
const UNREACHED: Readonly<Partial<Record<string, UnreachedCode>>> = {
  ECONNREFUSED: 'host-refuses',
  ENOTFOUND: 'host-unknown',
  ETIMEDOUT: 'host-mute',
  EHOSTUNREACH: 'host-without-route',
};

export function toConnectTimeout(address: DirectoryAddress): LdapSyncError {
  const { connectTimeoutMs, encryption } = address;
  const finding = toFinding('host-slow-to-connect', {
    server: toAuthority(address),
    ms: connectTimeoutMs,
    setting: encryption === 'plain' ? undefined : 'LDAP_Encryption',
  });
  return new AwayError('directory-timeout', finding, { absence: 'silent' });
}

/** The other side hung up before the connection could be used. `isSecured`: after TLS was set up. */
export function toEndedEarly(address: DirectoryAddress, isSecured = false): LdapSyncError {
  const code = address.encryption === 'plain' ? 'directory-unreachable' : 'directory-tls';
  const finding = toFinding(isSecured ? 'host-hung-up-after-tls' : 'host-hung-up', {
    server: toAuthority(address),
  });
  return new AwayError(code, finding, { absence: 'ended' });
}

export function toLost(address: DirectoryAddress, cause?: Error): LdapSyncError {
  const finding = toFinding('connection-lost', { server: toAuthority(address) });
  return new AwayError('directory-lost', finding, { absence: 'ended', cause });
}

export function toSilence(address: DirectoryAddress, silentMs: number): LdapSyncError {
  const finding = toFinding('host-silent', { server: toAuthority(address), ms: silentMs });
  return new AwayError('directory-timeout', finding, { absence: 'silent' });
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
  const finding = toFinding('start-tls-refused', {
    server: toAuthority(address),
    said: toSaid(diagnosticMessage),
  });
  return BUSY_CODES.has(resultCode)
    ? new AwayError('directory-tls', finding, { absence: 'refusing' })
    : toFailure('directory-tls', finding);
}

/** The server's own words; they have been cleaned. `undefined`: there are none. */
export function toSaid(diagnostic: string): string | undefined {
  return diagnostic === '' ? undefined : diagnostic;
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
