import { LdapSyncError } from '../../errors.js';
import type { DirectoryAddress } from '../directory.js';
import { toAuthority } from './authority.js';
import { AwayError } from './away-error.js';
import { quote, toPlainText } from './connection-errors.js';
import { findRefusal } from './find-refusal.js';
import { CREDENTIALS, type Refusal } from './refusals.js';
import type { ResponseResult } from './server-text.js';

/** The service account could not bind; the remedy is about what was refused, which seldom is the password. */
export function toBindError(
  error: Error & { code?: unknown },
  address: DirectoryAddress,
  answer?: ResponseResult,
): LdapSyncError {
  const unknown: Refusal = { reason: toPlainText(error), remedy: CREDENTIALS };
  const { reason, remedy, isAway } =
    (answer && findRefusal(answer, { request: 'bind', isAnonymous: false })) ?? unknown;
  const message =
    `${toAuthority(address)} refused the service account: ${reason}` +
    `${quote(answer?.diagnosticMessage ?? '')}.`;
  return isAway
    ? new AwayError('directory-bind', message, { absence: 'refusing', remedy })
    : new LdapSyncError('directory-bind', message, { remedy });
}
