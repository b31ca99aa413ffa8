import { LdapSyncError, type LdapSyncErrorCode } from '../../errors.js';

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
    message: string,
    { absence, ...options }: { absence: Absence; remedy: string; cause?: unknown },
  ) {
    super(code, message, options);
    this.absence = absence;
  }
}
