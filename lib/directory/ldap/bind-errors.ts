import { toFailure, type LdapSyncError } from '../../errors.js';
import { toFinding } from '../../findings/finding.js';
import type { DirectoryAddress } from '../directory.js';
import { toAuthority } from './authority.js';
import { AwayError } from './away-error.js';
import { toPlainText, toSaid } from './connection-errors.js';
import { findRefusal } from './find-refusal.js';
import type { ResponseResult } from './server-text.js';

/** The service account could not bind; the remedy is about what was refused, which seldom is the password. */
export function toBindError(
  error: Error & { code?: unknown },
  address: DirectoryAddress,
  answer?: ResponseResult,
): LdapSyncError {
  const values = { server: toAuthority(address), said: toSaid(answer?.diagnosticMessage ?? '') };
  const refusal = answer && findRefusal(answer, { request: 'bind', isAnonymous: false });
  if (!refusal)
    return toFailure('directory-bind', toFinding('bind-refused', { ...values, why: toPlainText(error) }));
  const finding = toFinding(refusal.code, values);
  return refusal.isAway
    ? new AwayError('directory-bind', finding, { absence: 'refusing' })
    : toFailure('directory-bind', finding);
}
