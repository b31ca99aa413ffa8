import { Schema, type Connection, type Model } from 'mongoose';
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
import { MODEL_PREFIX } from './names.js';

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
  /** The account says what became of everybody, and nobody bears a mark of the run any more. */
  settled?: boolean;
  requestedBy: Requester;
  startedAt: Date;
  finishedAt?: Date;
  counts: RunCounts;
  problems: RunProblem[];
  attention: AttentionRow[];
}

const { Mixed } = Schema.Types;

const schema = new Schema<SyncRunRecord>(
  {
    _id: String,
    kind: String,
    state: String,
    of: String,
    held: Mixed,
    decision: Mixed,
    revertedBy: String,
    weighed: Boolean,
    doubted: { type: [String], default: undefined },
    removing: Boolean,
    settled: Boolean,
    requestedBy: Mixed,
    startedAt: Date,
    finishedAt: Date,
    counts: Mixed,
    problems: [Mixed],
    attention: [Mixed],
  },
  {
    collection: 'ldap_sync_runs',
    autoIndex: false,
    autoCreate: false,
    versionKey: false,
    strict: 'throw',
    minimize: false,
  },
);
schema.index({ startedAt: -1, _id: -1 });

export function syncRunModel(connection: Connection): Model<SyncRunRecord> {
  return connection.model<SyncRunRecord>(`${MODEL_PREFIX}Run`, schema);
}
