import { LdapSyncError } from '../../errors.js';
import type { DirectoryAddress } from '../directory.js';
import { toAuthority } from './authority.js';
import { AwayError } from './away-error.js';
import { speaksLdap, speaksTls } from './port-probe.js';

const SETTING = { plain: 'plain', starttls: 'tls', ldaps: 'ssl' } as const;

/** The port expects TLS from the first byte. */
export function toSpokenInClear(address: DirectoryAddress): LdapSyncError {
  const { encryption } = address;
  return new LdapSyncError(
    'directory-tls',
    `${toAuthority(address)} expects TLS from the first byte (LDAPS), and LDAP_Encryption is ` +
      `"${SETTING[encryption]}".`,
    {
      remedy:
        'Set LDAP_Encryption to "ssl", or LDAP_Port to the port for StartTLS and plain LDAP, usually 389 ' +
        '(3268 of a global catalogue).',
    },
  );
}

/** The port answers LDAP that is not encrypted. */
export function toSpokenInTls(address: DirectoryAddress): LdapSyncError {
  return new LdapSyncError(
    'directory-tls',
    `${toAuthority(address)} speaks LDAP without TLS, and LDAP_Encryption is "ssl" (LDAPS).`,
    {
      remedy:
        'Set LDAP_Port to the LDAPS port, usually 636 (3269 of a global catalogue), or LDAP_Encryption to ' +
        '"tls" (StartTLS) for this port.',
    },
  );
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
