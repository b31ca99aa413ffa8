import type { Connection } from 'mongoose';
import { openCollection } from '../../models/database.js';

/**
 * Whether a Rocket.Chat uses the same database: it writes down each of its servers. It reads its settings when it
 * is started, and hears of a change by another program only where it watches the database.
 */
export async function isSharedWithRocketChat(connection: Connection): Promise<boolean> {
  const server = await openCollection(connection, 'instances').findOne(
    { name: 'rocket.chat' },
    { projection: { _id: 1 } },
  );
  return server !== null;
}
