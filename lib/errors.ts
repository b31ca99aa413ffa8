import type { Finding } from './findings/finding.js';

/**
 * Every way an operation of this package can fail, as a closed list of stable codes. Match on the code; the
 * message is for people and may change.
 */
export type LdapSyncErrorCode =
  /** `createLdapSync` was given something it cannot work with. */
  | 'invalid-options'
  /** The host's MongoDB connection is not open. */
  | 'connection-not-open'
  /** One or more `LDAP_*` settings make a run impossible; `problems` lists all of them. */
  | 'invalid-settings'
  /** Settings come from where this package cannot write. */
  | 'settings-read-only'
  /** Somebody else has changed the settings since they were read. */
  | 'settings-changed'
  /** There is no such change of settings, or its account is gone. */
  | 'settings-change-not-found'
  /** No TCP connection: refused, no such host, unreachable. */
  | 'directory-unreachable'
  /** The server accepted the connection or the request and then said nothing for too long. */
  | 'directory-timeout'
  /** TLS could not be negotiated: certificate, host name, protocol, or StartTLS refused. */
  | 'directory-tls'
  /** The service account could not bind. */
  | 'directory-bind'
  /** The server refused the search (no such base, insufficient rights, bad filter …). */
  | 'directory-search'
  /** The connection ended in the middle of a search. */
  | 'directory-lost'
  /** The database answered another question than it was asked. */
  | 'database-confused'
  /** Another host took the run over, so this one stopped writing. */
  | 'lease-lost'
  /** The run was asked to stop (the host is shutting down). */
  | 'run-stopped'
  /** Somebody asked for the end of the run. */
  | 'run-cancelled'
  /** There is no such run. */
  | 'run-not-found'
  /** The run is not one that can be approved, rejected, cancelled or reverted; the message says why. */
  | 'run-not-held'
  | 'run-not-running'
  | 'run-not-revertible'
  | 'run-already-decided'
  /** Rows of a held list that do not wait, or do not exist. */
  | 'rows-not-waiting'
  /** The history of the run has been deleted by age. */
  | 'rows-expired'
  | 'run-already-reverted'
  /** The run is no preview whose list could be applied; the message says why. */
  | 'plan-not-applicable'
  /** Too old a preview. */
  | 'plan-expired'
  /** The settings have been changed since the preview. */
  | 'plan-outdated'
  | 'plan-already-applied'
  /** A newer run has seen the directory since. */
  | 'run-overtaken'
  /** Another run is going; only one may write at a time. */
  | 'run-in-progress'
  /** A photo could not be used; the message says why. */
  | 'invalid-photo'
  /** There is no picture to show of somebody; the message says why. */
  | 'photo-not-shown'
  /** The mail with the code could not be sent. */
  | 'mail-failed'
  /** The files of the admin page are not there. */
  | 'page-not-built';

type TranslatableFinding = Pick<Finding, 'code' | 'params'>;

interface LdapSyncErrorOptions {
  readonly remedy?: string;
  readonly cause?: unknown;
  readonly finding?: TranslatableFinding;
}

/**
 * An operation failed. Carries no credential, no entry and no options: Express prints an error's own
 * properties. `remedy` is one sentence that tells the administrator what to do.
 */
export class LdapSyncError extends Error {
  readonly code: LdapSyncErrorCode;
  readonly remedy: string | undefined;
  /** For translation, where it is known what the message is about. */
  readonly finding?: TranslatableFinding;

  constructor(code: LdapSyncErrorCode, message: string, options: LdapSyncErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'LdapSyncError';
    this.code = code;
    this.remedy = options.remedy;
    if (options.finding) this.finding = { code: options.finding.code, params: options.finding.params };
  }
}

/** An error that says what has been found out. */
export function toFailure(
  code: LdapSyncErrorCode,
  finding: Finding,
  options: { cause?: unknown } = {},
): LdapSyncError {
  return new LdapSyncError(code, finding.message, { ...options, remedy: finding.remedy, finding });
}
