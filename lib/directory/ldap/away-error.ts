import { LdapSyncError, type LdapSyncErrorCode } from '../../errors.js';
import type { Finding } from '../../findings/finding.js';

/**
 * How a host showed that it does not serve: it cannot be reached, it hung up, it said nothing, or it said that
 * it is busy or unavailable.
 */
export type Absence = 'unreached' | 'ended' | 'silent' | 'refusing';

/** This host does not serve now; another one with the same directory may. */
export class AwayError extends LdapSyncError {
  readonly absence: Absence;

  constructor(
    code: LdapSyncErrorCode,
    finding: Finding,
    { absence, cause }: { absence: Absence; cause?: unknown },
  ) {
    super(code, finding.message, { remedy: finding.remedy, finding, cause });
    this.absence = absence;
  }
}
