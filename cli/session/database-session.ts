import { userInfo } from 'node:os';
import express from 'express';
import { composeOperator } from '../../lib/compose-operator.js';
import { createClient } from '../../client/index.js';
import { createErrorHandler } from '../serve/error-handler.js';
import type { Terminal } from '../terminal/terminal.js';
import { connectOnce } from './connect-mongo.js';
import { createInProcessFetch } from './in-process-fetch.js';
import { createNoteLogger } from './note-logger.js';
import type { ServeConfig } from '../serve/config.js';
import { toOverrideEnvironment } from '../serve/override-environment.js';
import type { Session } from './session.js';

const PATH = '/api/v1';
/** The operator's router reads no token. */
const NOBODY_LOOKS = { userId: 'command-line', authToken: 'none' };

/**
 * Straight on the database: the router is called in this process, as the operator's. Nobody is asked for a token, a
 * permission or a second factor, since whoever has the connection string has everything in the database.
 */
export async function openDatabaseSession(
  mongoUrl: string,
  { terminal, settings }: { readonly terminal: Terminal } & Pick<ServeConfig, 'settings'>,
): Promise<Session> {
  const environment = toOverrideEnvironment(settings, terminal.environment);
  const connection = await connectOnce(mongoUrl);
  const logger = createNoteLogger(terminal);
  const ldapSync = composeOperator({ connection, logger, environment }, toOperator());
  const app = express();
  app.use(PATH, ldapSync.router);
  app.use(createErrorHandler(logger));
  const inProcess = createInProcessFetch(app);
  const close = async (): Promise<void> => {
    await ldapSync.stop();
    inProcess.close();
    await connection.close();
  };
  let closing: Promise<void> | undefined;
  return {
    client: createClient({
      url: `http://in-process.invalid${PATH}`,
      credentials: () => NOBODY_LOOKS,
      fetch: inProcess.fetch,
    }),
    runsIn: 'process',
    close: () => (closing ??= close()),
  };
}

/** Whom runs and changes of settings are recorded for: the user of the operating system. */
function toOperator(): { readonly userId: string; readonly username: string } {
  return { userId: 'command-line', username: `${readUserName()} (command line)` };
}

/** A container may run under a number that has no name. */
function readUserName(): string {
  try {
    return userInfo().username;
  } catch {
    return `user ${process.getuid?.() ?? 'unknown'}`;
  }
}
