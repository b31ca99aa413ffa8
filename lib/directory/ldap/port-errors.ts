import { LdapSyncError, toFailure } from '../../errors.js';
import { toFinding } from '../../findings/finding.js';
import type { DirectoryAddress } from '../directory.js';
import { toAuthority } from './authority.js';
import { AwayError } from './away-error.js';
import { speaksLdap, speaksTls } from './port-probe.js';

const SETTING = { plain: 'plain', starttls: 'tls', ldaps: 'ssl' } as const;

/** The port expects TLS from the first byte. */
export function toSpokenInClear(address: DirectoryAddress): LdapSyncError {
  const encryption = SETTING[address.encryption];
  return toFailure(
    'directory-tls',
    toFinding('port-expects-tls', { server: toAuthority(address), encryption }),
  );
}

/** The port answers LDAP that is not encrypted. */
export function toSpokenInTls(address: DirectoryAddress): LdapSyncError {
  return toFailure('directory-tls', toFinding('port-without-tls', { server: toAuthority(address) }));
}

/**
 * When a connection ended before the server had said anything, this finds out whether the port speaks another
 * language than it was spoken to in. It asks nothing that needs an account.
 */
export async function toNamedError(
  error: unknown,
  address: DirectoryAddress,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  if (signal?.aborted || !mayBeLanguage(error, address)) return error;
  if (address.encryption === 'ldaps') return (await speaksLdap(address)) ? toSpokenInTls(address) : error;
  return (await speaksTls(address)) ? toSpokenInClear(address) : error;
}

function mayBeLanguage(error: unknown, { encryption }: DirectoryAddress): boolean {
  if (error instanceof AwayError) return error.absence === 'ended' || error.absence === 'silent';
  if (!(error instanceof LdapSyncError) || encryption !== 'ldaps' || error.code !== 'directory-tls')
    return false;
  return (error.cause as { code?: unknown } | undefined)?.code === 'EPROTO' || isHandshake(error.cause);
}

/** An error of TLS itself; one about a certificate shows that TLS is spoken. */
function isHandshake(cause: unknown): boolean {
  const code = (cause as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' && code.startsWith('ERR_SSL_');
}
