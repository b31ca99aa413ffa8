import type { Connection } from 'mongoose';
import type { Asked } from './asked-person.js';
import type {
  AppliedPlan,
  AttentionRow,
  HeldDecision,
  HeldRemovals,
  IdleRuns,
  Requester,
  RunCounts,
  RunKind,
  RunPhase,
  RunProblem,
  RunState,
  WaitingFor,
} from './run-report.js';
import { openCollection, type Collection } from './database.js';

/** A run and its report: a document of `ldap_sync_runs`. */
export interface SyncRunRecord {
  /** 17 characters. */
  _id: string;
  /** Absent in records of the first version: `sync`. */
  kind?: RunKind;
  state: RunState;
  of?: string;
  asked?: Asked;
  unsaved?: readonly string[];
  settingsChange?: string;
  plan?: AppliedPlan;
  held?: HeldRemovals;
  decision?: HeldDecision;
  partlyDecided?: HeldDecision[];
  revertedBy?: string;
  weighed?: boolean;
  /** The attributes of `LDAP_Active_State_Attributes` that need no decision any more as of this run. */
  stateAttributes?: string[];
  doubted?: string[];
  /** How many transactions the run has committed: tells whether one whose answer was lost is among them. */
  transactions?: number;
  /** How many removals the run has carried out. Absent in records of earlier versions. */
  removed?: number;
  defaultChannels?: number;
  joined?: number;
  roomsJoined?: number;
  mailed?: number;
  signedOut?: number;
  idle?: IdleRuns;
  waitingFor?: WaitingFor;
  host?: string;
  /** Saved with the progress; stays where the run did not come to its end. */
  phase?: RunPhase;
  /** Which directory; absent: the only one, `default`. */
  directory?: string;
  requestedBy: Requester;
  startedAt: Date;
  finishedAt?: Date;
  counts: RunCounts;
  problems: RunProblem[];
  attention: AttentionRow[];
}

/** The reports of the runs. */
export function syncRunCollection(connection: Connection): Collection<SyncRunRecord> {
  return openCollection(connection, 'ldap_sync_runs');
}
