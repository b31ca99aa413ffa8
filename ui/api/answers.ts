/** The parts of the API's answers that the page shows. Times are ISO 8601. */

import type { AccountPair, KnownAccount } from './account-answers.js';

export type RunKind =
  'sync' | 'preview' | 'trial' | 'application' | 'approval' | 'revert' | 'person-sync' | 'auto-logout';
/** By what somebody is asked for. */
export type AskedBy = 'username' | 'email' | 'dn' | 'id';
export type RunState = 'queued' | 'running' | 'completed' | 'held' | 'failed' | 'cancelled' | 'interrupted';
export type RunPhase =
  | 'settings'
  | 'database'
  | 'connect'
  | 'groups'
  | 'sweep'
  | 'guard'
  | 'removals'
  | 'follow-up'
  | 'look-up'
  | 'sign-out';
export type Outcome =
  | 'created'
  | 'updated'
  | 'linked'
  | 'unchanged'
  | 'deactivated'
  | 'reactivated'
  | 'rejected'
  | 'conflicted'
  | 'failed';
export type RunCounts = Readonly<Record<'read' | Outcome, number>>;

export const REMOVALS = [
  'deactivations',
  'renames',
  'clearings',
  'photos',
  'memberships',
  'reactivations',
  'releases',
  'merges',
  'relinks',
] as const;
export type Removals = Readonly<Record<(typeof REMOVALS)[number], number>>;

/** For translation. */
export interface Coded {
  readonly code?: string;
  readonly params?: Readonly<Record<string, string | number>>;
}
export interface Told extends Coded {
  readonly reason: string;
  readonly remedy: string;
}
export interface Problem {
  readonly message: string;
  readonly remedy: string;
  readonly setting?: string;
}
export interface Attention extends Told {
  readonly outcome: Outcome;
  readonly dn?: string;
  readonly userId?: string;
  readonly username?: string;
  readonly name?: string;
}
export interface Requester {
  readonly _id: string;
  readonly username?: string;
}
export interface Held extends Partial<Removals>, Told {
  readonly approvable: boolean;
}
export interface Decision {
  readonly verdict: 'approved' | 'rejected';
  readonly by: Requester;
  readonly at: string;
  readonly runId?: string;
  readonly rows?: number;
}
export interface DirectoryServer {
  readonly host: string;
  readonly port: number;
  readonly name: string;
  readonly version?: string;
}

/** What an application has made of its preview. What is 0 is absent. */
export interface AppliedPlan {
  readonly removals: Readonly<
    Record<'planned' | 'notWanted' | 'notDone' | 'notPlanned' | 'passedOver', Partial<Removals>>
  >;
}

/** Where a run goes, and what it is at, or was at when it was last seen. A server of an earlier version says neither. */
export interface Whereabouts {
  readonly host?: string;
  readonly phase?: RunPhase;
}

export interface Run extends Whereabouts {
  readonly _id: string;
  readonly kind: RunKind;
  readonly state: RunState;
  readonly of?: string;
  /** Of the sync of one person: who. One of them. */
  readonly asked?: Readonly<Partial<Record<AskedBy, string>>>;
  readonly unsaved?: readonly string[];
  readonly settingsChange?: string;
  readonly plan?: AppliedPlan;
  readonly requestedBy: Requester;
  readonly startedAt: string;
  readonly finishedAt?: string;
  readonly held?: Held;
  readonly decision?: Decision;
  readonly partlyDecided?: readonly Decision[];
  readonly waitingFor?: { readonly code: string; readonly since: string };
  readonly server?: DirectoryServer;
  readonly revertedBy?: string;
  readonly counts: RunCounts;
  readonly attentionCount: number;
  readonly problemCount: number;
}
export interface RunReport extends Run {
  readonly problems: readonly Problem[];
  readonly attention: readonly Attention[];
}

export interface FieldChange {
  readonly field: string;
  readonly from?: unknown;
  readonly to?: unknown;
}
export type ChangeKind =
  | 'write'
  | 'sign-out'
  | 'deactivate'
  | 'rename'
  | 'clear'
  | 'photo'
  | 'membership'
  | 'reactivate'
  | 'release'
  | 'merge'
  | 'relink';
export interface Change {
  readonly id?: string;
  readonly kind: ChangeKind;
  readonly outcome: Outcome;
  readonly state: 'planned' | 'waiting' | 'done' | 'skipped';
  readonly userId?: string;
  readonly username?: string;
  readonly name?: string;
  readonly dn?: string;
  readonly fields: readonly FieldChange[];
  readonly reason?: string;
  readonly needsDecision?: true;
  readonly disabledBy?: string;
  readonly pair?: AccountPair;
  readonly decided?: { readonly verdict: 'approved' | 'rejected'; readonly runId?: string };
  readonly account?: KnownAccount;
}
