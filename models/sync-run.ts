import type { Connection } from 'mongoose';
import type {
  AttentionRow,
  HeldDecision,
  HeldRemovals,
  Requester,
  RunCounts,
  RunKind,
  RunProblem,
  RunState,
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
  held?: HeldRemovals;
  decision?: HeldDecision;
  revertedBy?: string;
  weighed?: boolean;
  doubted?: string[];
  removing?: boolean;
  /** The account says what became of every person, and no user bears a mark of the run any more. */
  settled?: boolean;
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
