import mongoose, { type Connection } from 'mongoose';
import { findTransactionLack, TRANSACTIONS_MISSING } from '../models/transactions-support.js';

const PATIENCE_MS = 10_000;

/**
 * Connects to a MongoDB that somebody else runs. Throws, with the remedy and without the URL, when the server
 * gives no transactions: whoever writes later would fail in the middle.
 */
export async function connectToMongo(url: string): Promise<Connection> {
  // An option given here would win over the same one in the URL.
  const patience = /[?&]serverSelectionTimeoutMS=/i.test(url)
    ? {}
    : { serverSelectionTimeoutMS: PATIENCE_MS };
  const connection = await mongoose
    .createConnection(url, { autoIndex: false, ...patience })
    .asPromise()
    .catch((error: unknown) => {
      throw hasUninitiatedMember(error) ? transactionsMissing(error) : error;
    });
  try {
    if (await findTransactionLack(connection)) throw transactionsMissing();
    return connection;
  } catch (error) {
    await connection.close();
    throw error;
  }
}

function transactionsMissing(cause?: unknown): Error {
  return new Error(`${TRANSACTIONS_MISSING.reason} ${TRANSACTIONS_MISSING.remedy}`, { cause });
}

/** The driver waits for such a server in vain, and then speaks of time only. */
function hasUninitiatedMember(error: unknown): boolean {
  const servers = (error as { reason?: { servers?: unknown } }).reason?.servers;
  return (
    servers instanceof Map && [...servers.values()].some(({ type }: { type?: unknown }) => type === 'RSGhost')
  );
}
