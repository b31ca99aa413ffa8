import type { AdviceCode } from '../advice.js';
import type { FindingParams } from '../findings/finding-text.js';
import type { Finding, FindingCode } from '../findings/finding.js';
import type { SettingProblem } from '../settings/settings.js';

/** All that a test has found out about the settings. */
export interface SettingsReport {
  /** Who answered. Absent when the server does not let itself be asked. */
  readonly server?: {
    readonly host: string;
    readonly port: number;
    readonly kind: string;
    readonly name: string;
    readonly version?: string;
  };
  /** Of an encrypted connection. */
  readonly certificate?: {
    readonly subject: string;
    readonly issuer: string;
    readonly validTo: Date;
    /** Whole days; negative when it has expired. */
    readonly daysLeft: number;
  };
  readonly base: { readonly dn: string; readonly isReadable: boolean };
  readonly people: {
    /** At most 5,000. */
    readonly count: number;
    /** There are more than `count`. */
    readonly isMore: boolean;
    /** Three of them. */
    readonly names: readonly string[];
  };
  /** What each setting names, and how many of those looked at have it. */
  readonly attributes: readonly {
    readonly setting: string;
    readonly attributes: readonly string[];
    readonly having: number;
    readonly of: number;
  }[];
  /** With these a sync fails, or syncs nobody. */
  readonly problems: readonly SettingProblem[];
  readonly warnings: readonly SettingProblem[];
  readonly person?: PersonReport;
}

/** Whether one person is found, and why not. */
export interface PersonReport extends Partial<PersonReason> {
  readonly username: string;
  readonly isFound: boolean;
  /** The attributes that were searched by. */
  readonly fields: readonly string[];
  /** `LDAP_User_Search_Filter`. */
  readonly filter: string;
  /** The entries that were found, however: at most two. */
  readonly dns: readonly string[];
}

/** Why a sync does not bring somebody, and what to do about it. */
export interface PersonReason {
  readonly reason: string;
  readonly remedy: string;
  /** For translation. */
  readonly code: AdviceCode | FindingCode;
  readonly params: FindingParams;
}

export function toPersonReason({ message: reason, remedy, code, params }: Finding): PersonReason {
  return { reason, remedy, code, params };
}
