import { LdapSyncError } from '../../errors.js';
import { ENCRYPTION_REMEDY, quote } from './connection-errors.js';
import type { DirectoryAddress } from '../directory.js';
import { toAuthority } from './authority.js';
import { MalformedMessageError } from '../wire/malformed-message-error.js';
import { OversizedMessageError } from '../wire/oversized-message-error.js';
import type { ResponseResult } from './server-text.js';

/** When and where the protocol was broken. */
export interface BrokenAt {
  readonly address: DirectoryAddress;
  /** The connection could not be used yet. */
  readonly isOpening: boolean;
  readonly hasHeard: boolean;
  /** The result that came last. */
  readonly lastResult: ResponseResult | undefined;
}

/** What reading or ldapjs failed on. */
export function toBrokenProtocol(
  error: Error,
  { address, isOpening, hasHeard, lastResult }: BrokenAt,
): LdapSyncError {
  if (error instanceof MalformedMessageError) return toGarbage(error, address, isOpening || !hasHeard);
  if (error instanceof OversizedMessageError) return toOversized(error, address, isOpening);
  return toUnknownResult(lastResult, address, isOpening);
}

/** An answer that ldapjs has no name for, and therefore fails on. */
function toUnknownResult(
  result: ResponseResult | undefined,
  address: DirectoryAddress,
  isOpening: boolean,
): LdapSyncError {
  const what = result
    ? `with the unknown result ${result.resultCode}${quote(result.diagnosticMessage)}`
    : 'with something unexpected';
  return new LdapSyncError(
    isOpening ? 'directory-unreachable' : 'directory-search',
    `${toAuthority(address)} answered ${what}.`,
    {
      remedy: 'Look into the log of the directory server.',
    },
  );
}

/**
 * Bytes that are not LDAP. Before the connection could be used they mean the wrong port; later, that it is
 * broken.
 */
function toGarbage(
  error: MalformedMessageError,
  address: DirectoryAddress,
  isOpening: boolean,
): LdapSyncError {
  if (isOpening && error.isTls) {
    return new LdapSyncError(
      'directory-tls',
      `${toAuthority(address)} speaks TLS, and was spoken to without.`,
      {
        remedy: ENCRYPTION_REMEDY,
      },
    );
  }
  return new LdapSyncError(
    isOpening ? 'directory-unreachable' : 'directory-lost',
    `${toAuthority(address)}: ${error.message}`,
    {
      remedy: `Check that LDAP_Host and LDAP_Port are those of an LDAP server. ${ENCRYPTION_REMEDY}`,
    },
  );
}

function toOversized(
  error: OversizedMessageError,
  address: DirectoryAddress,
  isOpening: boolean,
): LdapSyncError {
  const code = isOpening ? 'directory-unreachable' : 'directory-lost';
  return new LdapSyncError(code, `${toAuthority(address)}: ${error.message}`, { remedy: error.remedy });
}
