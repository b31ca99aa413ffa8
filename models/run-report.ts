import type { AdviceCode, AdviceParams } from '../lib/advice.js';
import type { Asked } from './asked-person.js';
import type { RemovalCounts } from './removal-kind.js';

/** What became of a person who was read; each is counted under exactly one. */
export type Outcome =
  | 'created'
  | 'updated'
  /** An existing account of the host was connected to its directory entry. */
  | 'linked'
  | 'unchanged'
  | 'deactivated'
  | 'reactivated'
  /** The entry cannot become a person. */
  | 'rejected'
  /** Somebody else has the user name or the address. */
  | 'conflicted'
  /** The database refused the write. */
  | 'failed';

export const OUTCOMES: readonly Outcome[] = [
  'created',
  'updated',
  'linked',
  'unchanged',
  'deactivated',
  'reactivated',
  'rejected',
  'conflicted',
  'failed',
];

/**
 * Numbers of people. `deactivated` also counts those who are missing from the directory and so were not read.
 */
export type RunCounts = Readonly<Record<'read' | Outcome, number>>;

/** What a run is about. */
export type RunKind =
  | 'sync'
  /** The same as a sync, only that nothing is written to anybody. */
  | 'preview'
  /** A preview with settings that are not saved. */
  | 'trial'
  /** Does the removals that another run held. */
  | 'approval'
  /** Takes the removals of another run back. */
  | 'revert'
  /** Sweeps anew with the settings of a preview, saves them, and does the removals that the preview has shown. */
  | 'application'
  /** The sync of one person who was asked for. */
  | 'person-sync'
  /** Signs out people who are disabled in the directory, every few minutes. */
  | 'auto-logout';

export const RUN_STATES = [
  /** Begins when the run that is going has ended. */
  'queued',
  'running',
  'completed',
  /** Everything additive is done; removals wait, nothing was taken away. */
  'held',
  'failed',
  /** Somebody asked the run to end. What was written until then stays; nothing was taken away afterwards. */
  'cancelled',
  /** The host died or was shut down in the middle; run it again. */
  'interrupted',
] as const;

export type RunState = (typeof RUN_STATES)[number];

/** The parts a run consists of, in their order. Which of them it has depends on its kind. */
export const RUN_PHASES = [
  /** Reads the settings. */
  'settings',
  /** Makes sure that no earlier run can write any more, and finishes what one has begun. */
  'database',
  'connect',
  /** Reads who is in which group. */
  'groups',
  /** Reads everybody, and writes what adds or corrects. */
  'sweep',
  /** Finds out who is missing, and decides whether what takes away may happen. */
  'guard',
  /** Confirms what takes away by look-ups, and does it. */
  'removals',
  /** What follows in other documents: names, conversations, rooms, photos; and mails. */
  'follow-up',
  /** Of an auto-logout: asks the directory who is disabled. */
  'look-up',
  'sign-out',
] as const;

export type RunPhase = (typeof RUN_PHASES)[number];

/** Whether a run has not ended yet. */
export function isUnderWay(state: RunState): boolean {
  return state === 'queued' || state === 'running';
}

/** Something that concerns the run as a whole. */
export interface RunProblem {
  readonly message: string;
  readonly remedy: string;
  /** The setting to look at, where one is to blame. */
  readonly setting?: string;
}

/** A person that an administrator has to look at. */
export interface AttentionRow {
  readonly outcome: Outcome;
  readonly dn?: string;
  readonly userId?: string;
  readonly username?: string;
  readonly name?: string;
  readonly reason: string;
  readonly remedy: string;
  /** For translation: what `reason` and `remedy` are about, and the values in them. Older rows have neither. */
  readonly code?: AdviceCode;
  readonly params?: AdviceParams;
}

/** Who asked for a run. */
export interface Requester {
  readonly _id: string;
  readonly username?: string;
}

/** The removals of a run that were held. */
export interface HeldRemovals extends RemovalCounts {
  readonly reason: string;
  readonly remedy: string;
  /** For translation, as in {@link AttentionRow}. */
  readonly code?: AdviceCode;
  readonly params?: AdviceParams;
  /** False when some people could not be read or told apart. Then there is no list that could be approved. */
  readonly approvable: boolean;
}

/** What a person decided about a held run. */
export interface HeldDecision {
  readonly verdict: 'approved' | 'rejected';
  readonly by: Requester;
  readonly at: Date;
  /** The run that does what was approved. */
  readonly runId?: string;
  /** How many rows of the list it was about; absent: all that waited. */
  readonly rows?: number;
  /** Of an approval: whether those who are switched off or on are mailed; absent: only where they are few. */
  readonly mail?: boolean;
}

/** What a run waits for before it may write. */
export interface WaitingFor {
  /** `former-transaction`: a host that is gone has left a transaction open, and the server has to end it. */
  readonly code: 'former-transaction';
  /** In the database server's time. */
  readonly since: Date;
}

/** The directory server that answered a run, as it says who it is. */
export interface AnsweringServer {
  readonly host: string;
  readonly port: number;
  /** A stable name of the product, such as `openldap`. */
  readonly kind: string;
  /** For people. */
  readonly name: string;
  readonly version?: string;
  /** Of an encrypted connection: the certificate that ends first, of the chain that the server has shown. */
  readonly certificate?: { readonly subject: string; readonly validTo: Date };
}

/** What has become of the list of a preview. What is 0 is absent. */
export interface AppliedPlan {
  /** In rows. */
  readonly removals: {
    /** Those of the preview. */
    readonly planned: Partial<RemovalCounts>;
    /** Of those: what the directory, or the chat server, no longer asks for. */
    readonly notWanted: Partial<RemovalCounts>;
    /** Of those: what was wanted and could not be done. Its row says why. */
    readonly notDone: Partial<RemovalCounts>;
    /** What is wanted beside, and waits for a decision. */
    readonly notPlanned: Partial<RemovalCounts>;
    /** What the preview has passed over, and so has the application. */
    readonly passedOver: Partial<RemovalCounts>;
  };
  /**
   * In people: who was to be written and was not, and who was written otherwise than planned, or newly. Absent where that
   * could not be compared.
   */
  readonly additions?: {
    readonly notWanted: Partial<Record<Outcome, number>>;
    readonly notPlanned: Partial<Record<Outcome, number>>;
  };
}

/** How many runs had nothing to do and nothing to tell, and when the first of them began. */
export interface IdleRuns {
  readonly runs: number;
  readonly since: Date;
}

/** The lasting account of a run, as `GET ldap.runInfo` shows it. */
export interface RunReport {
  readonly _id: string;
  readonly kind: RunKind;
  readonly state: RunState;
  /** The run that this one approves, reverts or applies. */
  readonly of?: string;
  /** Of the sync of one person: who was asked for. */
  readonly asked?: Asked;
  /** The ids of the settings that a trial or an application has tried, in the place of those that are saved. */
  readonly unsaved?: readonly string[];
  /** The change by which an application has saved them, which `ldap.restoreSettings` takes back. Absent: none. */
  readonly settingsChange?: string;
  /** What an application has made of its plan. Absent where it ended before the removals were done. */
  readonly plan?: AppliedPlan;
  readonly held?: HeldRemovals;
  /** The decision after which nothing of the list waited any more. */
  readonly decision?: HeldDecision;
  /** Decisions about parts of the list, and approvals that failed and were given again, the oldest first. */
  readonly partlyDecided?: readonly HeldDecision[];
  /** The run that reverted this one. */
  readonly revertedBy?: string;
  /**
   * Set when a run was held because its directory was unverified: the runs that made the unconfirmed links it
   * saw.
   */
  readonly doubted?: readonly string[];
  /** False when the run decided nothing about the removals of everybody, so that an earlier list still waits. */
  readonly weighed?: boolean;
  /** How many removals the run has carried out. Absent in reports of earlier versions. */
  readonly removed?: number;
  /** How many default channels a newcomer of the run joins, or would join. Absent: none. */
  readonly defaultChannels?: number;
  /**
   * How many memberships in default channels the run has made; also for newcomers of a run that was cut off.
   * Absent: none.
   */
  readonly joined?: number;
  /** How many memberships in channels and teams the run has made because groups give them. Absent: none. */
  readonly roomsJoined?: number;
  /** How many people the run has mailed because they were switched off or on. Absent: nobody. */
  readonly mailed?: number;
  /** How many people the run has signed out, without switching them off. Absent: nobody. */
  readonly signedOut?: number;
  /**
   * Set when the run had nothing to do and nothing to tell, and is of a kind that happens every few minutes: it
   * stands for all such runs of its kind. Only the newest of them is kept.
   */
  readonly idle?: IdleRuns;
  /** Set while the run waits for something before it may write. */
  readonly waitingFor?: WaitingFor;
  /** The name of the host that does the run, or keeps it waiting. Absent in reports of earlier versions. */
  readonly host?: string;
  /**
   * Of a run that goes: what it is at. Of one that ended before its end (failed, cancelled, interrupted): what it was
   * at, as far as is known. Absent in the others, and in reports of earlier versions.
   */
  readonly phase?: RunPhase;
  /** The directory server that answered. Absent in a run that reached none, and in reports of earlier versions. */
  readonly server?: AnsweringServer;
  readonly requestedBy: Requester;
  readonly startedAt: Date;
  readonly finishedAt?: Date;
  readonly counts: RunCounts;
  readonly problems: readonly RunProblem[];
  readonly attention: readonly AttentionRow[];
}

/** Which part of a list is wanted. */
export interface Page {
  readonly offset: number;
  readonly count: number;
}

/** A report whose lists are only counted, so that it is small whatever the run met. */
export type RunSummary = Omit<RunReport, 'attention' | 'problems' | 'doubted'> & {
  readonly attentionCount: number;
  readonly problemCount: number;
};

/** A summary with a part of each list. */
export type RunExcerpt = RunSummary & Pick<RunReport, 'attention' | 'problems'>;

/** What kind of run it was, who asked for it, and its state. */
export type RunOrigin = Pick<RunReport, 'kind' | 'requestedBy' | 'state'>;
