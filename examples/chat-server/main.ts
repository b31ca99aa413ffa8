/**
 * A small chat server. PORT (default 3000; 0 is a free one), MONGO_URL, MAIL_URL and OVERWRITE_SETTING_… come
 * from the environment. A MONGO_URL has to lead to a replica set, or the server does not start. Without one it
 * starts a database for development, with an administrator in it, and the directory of the demo (or that of LDAP_URL).
 */
import type { Connection } from 'mongoose';
import { connectToMongo } from '../../dev/mongo-connection.js';
import { startMongo } from '../../dev/mongodb.js';
import { toDatabaseUrl } from '../../dev/mongo-url.js';
import { openDemoDirectory } from '../demo/demo-directory.js';
import { storeDemoSettings } from '../demo/demo-settings.js';
import { seedAdministrator } from './administrator.js';
import { OWN_DATABASE_STEPS, seedSession, toFirstSteps } from './first-steps.js';
import { startChatServer, type RunningChatServer } from './start-chat-server.js';
import { createStderrLogger } from './stderr-logger.js';

const SHUTDOWN_LIMIT_MS = 15_000;

const toUndo: (() => Promise<unknown>)[] = [];
let isEnding = false;

/** Undoes in reverse what has been started. A second signal does not wait for it. */
async function end(code: number): Promise<void> {
  if (isEnding) process.exit(1);
  isEnding = true;
  setTimeout(() => process.exit(1), SHUTDOWN_LIMIT_MS).unref();
  for (const undo of toUndo.reverse()) {
    await undo().catch((error: unknown) => console.error(toMessage(error)));
  }
  process.exit(code);
}

function toMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function parsePort(text = '3000'): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535)
    throw new Error(`PORT is ${JSON.stringify(text)}; it must be a number from 0 to 65535.`);
  return Number(text);
}

async function connect(url: string): Promise<Connection> {
  const connection = await connectToMongo(url);
  toUndo.push(() => connection.close());
  return connection;
}

type Announce = (url: string) => readonly string[];

/** A host's own database is used as it is: nothing is put into it here, no index is made. */
async function openDatabase(): Promise<{ connection: Connection; announce: Announce }> {
  const { MONGO_URL } = process.env;
  if (MONGO_URL) return { connection: await connect(MONGO_URL), announce: () => OWN_DATABASE_STEPS };
  const mongo = await startMongo();
  toUndo.push(() => mongo.stop());
  const connection = await connect(toDatabaseUrl(mongo.url, 'chat'));
  const directory = await openDemoDirectory(process.env);
  toUndo.push(() => directory.stop());
  await storeDemoSettings(connection, directory.settings);
  const administrator = await seedAdministrator(connection);
  const token = await seedSession(connection, administrator);
  const { description } = directory;
  return {
    connection,
    announce: (url) => toFirstSteps({ url, administrator, token, directory: description }),
  };
}

async function start(): Promise<void> {
  const port = parsePort(process.env.PORT);
  const { connection, announce } = await openDatabase();
  const server: RunningChatServer = await startChatServer({ connection, logger: createStderrLogger() }, port);
  toUndo.push(() => server.stop());
  console.log(`listening on ${server.url}`);
  console.log(announce(server.url).join('\n'));
}

process.on('SIGTERM', () => void end(0));
process.on('SIGINT', () => void end(0));
start().catch((error: unknown) => {
  console.error(toMessage(error));
  void end(1);
});
