import type { DirectoryStatus } from './directory-answers.js';
import type {
  Change,
  Problem,
  Removals,
  Requester,
  Run,
  RunCounts,
  RunKind,
  RunReport,
  RunState,
  Told,
  Whereabouts,
} from './answers.js';

export interface ScheduledJob {
  readonly job: string;
  readonly pattern: string;
  readonly nextAt: string | null;
  readonly last: { readonly slot: string; readonly runId: string | null } | null;
}

export interface Status {
  readonly lastRun: Pick<Run, '_id' | 'kind' | 'state' | 'startedAt' | 'counts'> | null;
  readonly nextRunAt: string | null;
  readonly schedule: {
    readonly isStarted: boolean;
    readonly jobs: readonly ScheduledJob[];
    readonly problems: readonly Problem[];
  };
  readonly running:
    | (Whereabouts & {
        readonly runId: string;
        readonly kind: RunKind;
        readonly counts: RunCounts;
        readonly waitingFor?: { readonly code: string; readonly since: string };
      })
    | null;
  readonly queued: { readonly runId: string; readonly queuedAt: string } | null;
  readonly held: (Partial<Removals> & { readonly runId: string; readonly reason: string }) | null;
  readonly lastSuccess: {
    readonly runId: string;
    readonly finishedAt: string;
    readonly ageSeconds: number;
  } | null;
  readonly lease: { readonly runId: string; readonly expiresAt: string } | null;
  readonly autoLogout: { readonly enabled: boolean };
  readonly settings: {
    readonly enabled: boolean;
    readonly problems: readonly Problem[];
    readonly withoutEffect: readonly { readonly setting: string; readonly why: string }[];
  };
  readonly directory: DirectoryStatus;
  readonly database: { readonly problems: readonly Problem[] };
  readonly accounts: readonly {
    readonly userId: string;
    readonly username: string | null;
    readonly reason: string;
    readonly remedy: string;
  }[];
}

export interface RunPage {
  readonly runs: readonly Run[];
  readonly total: number;
  readonly offset: number;
  readonly count: number;
}
export interface ReportPage {
  readonly run: RunReport;
}
export interface ChangePage {
  readonly changes: readonly Change[];
  readonly total: number;
  readonly nextOffset?: number;
}

export interface ExplainedField {
  readonly field: string;
  readonly value: unknown;
  readonly setting: string;
  readonly attributes: readonly string[];
  readonly note?: string;
}
export interface PastRun {
  readonly runId: string;
  readonly at: string;
  readonly kind?: RunKind;
  readonly requestedBy?: Requester;
  readonly state?: RunState;
  readonly rows: readonly Change[];
}
export interface Explanation {
  readonly entry: {
    readonly dn: string;
    readonly attributes: readonly {
      readonly name: string;
      readonly values: readonly unknown[];
      readonly omitted?: number;
    }[];
  } | null;
  readonly whereabouts: 'present' | 'outside-group' | 'outside-filter' | 'outside-base' | 'gone' | null;
  readonly group: {
    readonly name: string;
    readonly membership: 'member' | 'not-member' | 'unknown';
    readonly state: string;
  } | null;
  readonly fields: readonly ExplainedField[];
  readonly rejection: Told | null;
  readonly user: {
    readonly _id: string;
    readonly username?: string;
    readonly name?: string;
    readonly emails?: readonly { readonly address?: string; readonly verified?: boolean }[];
    readonly active?: boolean;
    readonly roles?: readonly string[];
    readonly ldap: { readonly id: string; readonly idAttribute?: string } | null;
    readonly ldapSync: {
      readonly deactivatedBecause: string;
      readonly deactivatedAt?: string;
      readonly deactivatedByRun?: string;
    } | null;
  } | null;
  readonly match: { readonly rule: string; readonly explanation: string; readonly remedy?: string };
  readonly rooms: readonly {
    readonly kind: 'channels' | 'teams';
    readonly name: string;
    readonly fate: 'joins' | 'stays' | 'leaves' | 'nothing';
    readonly explanation: string;
  }[];
  readonly changes: readonly Change[];
  readonly guard: {
    readonly linked: number;
    readonly waiting: readonly string[];
    readonly undecidedRun: string | null;
    readonly explanation: string;
  };
  readonly runs: readonly PastRun[];
}
export interface SettingsChange {
  readonly _id: string;
  readonly at: string;
  readonly by: Requester;
  readonly changes: readonly {
    readonly setting?: string;
    readonly id?: string;
    readonly from?: unknown;
    readonly to?: unknown;
  }[];
}
