/**
 * A small chat server. PORT (default 3000; 0 is a free one), MONGO_URL, MAIL_URL and OVERWRITE_SETTING_… come
 * from the environment. A MONGO_URL has to lead to a replica set, or the server does not start. Without one it
 * starts a database for development, with an administrator in it.
 */
import type { Connection } from 'mongoose';
import { connectToMongo } from '../../dev/mongo-connection.js';
import { startMongo } from '../../dev/mongodb.js';
import { toDatabaseUrl } from '../../dev/mongo-url.js';
import { seedAdministrator, sha256Hex } from './administrator.js';
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

/** A host's own database is used as it is: nothing is put into it here, no index is made. */
async function openDatabase(): Promise<{ connection: Connection; announce: (url: string) => void }> {
  const { MONGO_URL } = process.env;
  if (MONGO_URL) return { connection: await connect(MONGO_URL), announce: () => undefined };
  const mongo = await startMongo();
  toUndo.push(() => mongo.stop());
  const connection = await connect(toDatabaseUrl(mongo.url, 'chat'));
  const { userId, username, password } = await seedAdministrator(connection);
  return {
    connection,
    announce: (url) =>
      console.log(
        [
          `This database is new and goes away at the end. Sign in as ${username}, password ${password} :`,
          `  curl -s -H 'Content-Type: application/json' -d ` +
            `'{"user":"${username}","password":"${password}"}' ${url}/api/v1/login`,
          'Then, with the authToken of the answer:',
          `  curl -si -X POST -H 'X-User-Id: ${userId}' -H 'X-Auth-Token: …' -H 'x-2fa-method: password' \\`,
          `    -H 'x-2fa-code: ${sha256Hex(password)}' ${url}/api/v1/ldap.syncNow`,
        ].join('\n'),
      ),
  };
}

async function start(): Promise<void> {
  const port = parsePort(process.env.PORT);
  const { connection, announce } = await openDatabase();
  const server: RunningChatServer = await startChatServer({ connection, logger: createStderrLogger() }, port);
  toUndo.push(() => server.stop());
  console.log(`listening on ${server.url}`);
  announce(server.url);
}

process.on('SIGTERM', () => void end(0));
process.on('SIGINT', () => void end(0));
start().catch((error: unknown) => {
  console.error(toMessage(error));
  void end(1);
});
