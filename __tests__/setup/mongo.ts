import { randomBytes } from 'node:crypto';
import mongoose, { type Connection } from 'mongoose';
import { toDatabaseUrl } from '../../dev/mongo-url.js';

export interface TestDatabase {
  readonly connection: Connection;
  /** With the database's name, for a second connection or a child process. */
  readonly url: string;
  /** Drops the database and closes the connection. */
  close(): Promise<void>;
}

/** The server of this worker. */
export function testServerUrl(): string {
  const servers = process.env.TEST_MONGO_URL?.split(' ') ?? [];
  const server = servers[(Number(process.env.JEST_WORKER_ID ?? 1) - 1) % servers.length];
  if (!server)
    throw new Error(
      'TEST_MONGO_URL is not set: run the tests through jest, whose global setup starts a server.',
    );
  return server;
}

/** An empty database of its own. */
export async function openTestDatabase(serverUrl = testServerUrl()): Promise<TestDatabase> {
  const url = toDatabaseUrl(serverUrl, `chatldapsync_${randomBytes(6).toString('hex')}`);
  const connection = await openConnection(url);
  return {
    connection,
    url,
    async close() {
      await connection.dropDatabase();
      await connection.close();
    },
  };
}

/** A second connection to the same database: another host. */
export function openConnection(url: string): Promise<Connection> {
  return mongoose.createConnection(url, { autoIndex: false, serverSelectionTimeoutMS: 60_000 }).asPromise();
}

/**
 * The same database by another port. A server that calls itself a member of a replica set tells the driver
 * its own address, and everything but the first greeting would go there.
 */
export function byPort(url: string, port: number): URL {
  const other = new URL(url);
  other.port = String(port);
  other.searchParams.set('directConnection', 'true');
  return other;
}
