import type { Connection } from 'mongoose';
import { openDatabase, type SessionId } from '../../../models/database.js';

/**
 * Ends what is open in sessions: of hosts that are gone, or one's own when it is not known how far it came. A server that does not know the command, or does not
 * permit it, ends the sessions by itself, later.
 */
export async function endSessions(connection: Connection, sessions: readonly SessionId[]): Promise<void> {
  if (sessions.length === 0) return;
  await openDatabase(connection)
    .command({ killSessions: [...sessions] })
    .catch(() => undefined);
}
