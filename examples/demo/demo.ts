import { randomBytes } from 'node:crypto';
import mongoose, { type Connection } from 'mongoose';
import { startMongo } from '../../dev/mongodb.js';
import { toDatabaseUrl } from '../../dev/mongo-url.js';
import { silentLogger } from '../../lib/logger.js';
import { seedAdministrator, type Administrator, type TotpSeed } from '../chat-server/administrator.js';
import { startChatServer } from '../chat-server/start-chat-server.js';
import { createStderrLogger } from '../chat-server/stderr-logger.js';
import { signIn, type ChatClient } from './chat-client.js';
import { openDemoDirectory, type DemoDirectory } from './demo-directory.js';
import { storeDemoSettings } from './demo-settings.js';
import { createTotpSeed } from './second-factor.js';
import type { UndoStack } from './undo-stack.js';

/** Everything that has to run for the story to be told. */
export interface Demo {
  readonly directory: DemoDirectory;
  /** Which database it is, for people. */
  readonly database: string;
  readonly connection: Connection;
  readonly url: string;
  readonly administrator: Administrator;
  readonly totp: TotpSeed;
  readonly client: ChatClient;
}

/** Starts a directory, a database and the chat server, and signs an administrator in. */
export async function startDemo(environment: NodeJS.ProcessEnv, undo: UndoStack): Promise<Demo> {
  const directory = await openDemoDirectory(environment);
  undo.push(() => directory.stop());
  const mongo = await startMongo(environment);
  undo.push(() => mongo.stop());
  const connection = await openOwnDatabase(mongo.url, undo);
  const totp = createTotpSeed();
  const administrator = await seedAdministrator(connection, totp);
  await storeDemoSettings(connection, directory.settings);
  const logger = { ...silentLogger, error: createStderrLogger().error };
  const server = await startChatServer({ connection, logger }, 0);
  undo.push(() => server.stop());
  const client = await signIn(server.url, administrator);
  return { directory, database: mongo.description, connection, url: server.url, administrator, totp, client };
}

/** A database under a name that is not in use, dropped at the end; all others on the server stay. */
async function openOwnDatabase(serverUrl: string, undo: UndoStack): Promise<Connection> {
  const url = toDatabaseUrl(serverUrl, `chat_ldap_sync_demo_${randomBytes(4).toString('hex')}`);
  const connection = await mongoose
    .createConnection(url, { autoIndex: false, serverSelectionTimeoutMS: 10_000 })
    .asPromise();
  undo.push(async () => {
    await connection.dropDatabase();
    await connection.close();
  });
  return connection;
}
