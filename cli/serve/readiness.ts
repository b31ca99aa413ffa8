import mongoose, { type Connection } from 'mongoose';
import { LATE, withinTime } from '../../lib/deadline.js';
import { findTransactionLack } from '../../models/transactions-support.js';

export interface Readiness {
  readonly isReady: boolean;
  readonly reason?: string;
  readonly remedy?: string;
}

const PATIENCE_MS = 3_000;
const AWAY: Readiness = {
  isReady: false,
  reason: 'MongoDB does not answer.',
  remedy: 'Start it, and check MONGO_URL. This process goes on trying.',
};

/** Whether a sync could be written: the database answers, and gives transactions. */
export async function readReadiness(connection: Connection): Promise<Readiness> {
  if (connection.readyState !== mongoose.STATES.connected) return AWAY;
  try {
    const lack = await withinTime(findTransactionLack(connection), PATIENCE_MS);
    if (lack === LATE) return AWAY;
    return lack ? { isReady: false, reason: lack.reason, remedy: lack.remedy } : { isReady: true };
  } catch {
    return AWAY;
  }
}
