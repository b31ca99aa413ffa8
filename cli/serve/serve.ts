import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LdapSync } from '../../lib/create-ldap-sync.js';
import { LATE, withinTime } from '../../lib/deadline.js';
import { CommandError } from '../command-error.js';
import type { Exit } from '../exit-codes.js';
import { createMongoConnection } from '../session/connect-mongo.js';
import type { Tool } from '../tool.js';
import { readServeConfig, type ServeConfig } from './config.js';
import { createJsonLogger } from './json-logger.js';
import { keepConnecting } from './keep-connecting.js';
import { loadMetrics } from './load-metrics.js';
import { toOverrideEnvironment } from './override-environment.js';
import { createSidecar } from './sidecar.js';

/** Each try to connect; short, so that the log soon says that MongoDB is away. */
const CONNECT_MS = 5_000;
/** Docker kills ten seconds after SIGTERM. */
const STOP_MS = 9_500;
/** For answers that are being written. */
const ANSWER_MS = 2_000;
const MOST_CONNECTIONS = 1_000;

/** Answers and keeps the schedule until it is told to end; throws a {@link CommandError} where it cannot begin. */
export async function serve(path: string | undefined, { terminal, interrupted }: Tool): Promise<Exit> {
  const config = readServeConfig(path, terminal.environment);
  if (config.mongoUrl === undefined)
    throw new CommandError('usage', 'It is not said where the database is.', {
      remedy: 'Set MONGO_URL or MONGO_URL_FILE, such as mongodb://host:27017/rocketchat?replicaSet=rs0 .',
    });
  const logger = createJsonLogger(terminal.stdout, config.logLevel);
  const mongo = createMongoConnection(config.mongoUrl, CONNECT_MS);
  const { app, ldapSync } = createSidecar({
    connection: mongo.connection,
    config,
    environment: toOverrideEnvironment(config.settings, terminal.environment),
    logger,
    metrics: config.metrics ? await loadMetrics(logger) : undefined,
    stopping: interrupted,
  });
  const server = await listen(createServer(app), config);
  logger.info({ host: config.host, port: (server.address() as AddressInfo).port }, 'listening');
  try {
    await Promise.race([keepConnecting(mongo, logger, interrupted), untilAborted(interrupted)]);
    if (config.schedule && !interrupted.aborted) ldapSync.start();
    await untilAborted(interrupted);
  } finally {
    logger.info({}, 'stopping');
    const isLate = (await withinTime(stop(server, ldapSync), STOP_MS)) === LATE;
    await withinTime(mongo.connection.close(true), isLate ? 0 : ANSWER_MS);
    if (isLate) logger.warn({}, 'Not everything had ended in time');
    else logger.info({}, 'stopped');
  }
  return 'done';
}

async function listen(server: Server, { host, port }: ServeConfig): Promise<Server> {
  server.maxConnections = MOST_CONNECTIONS;
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    throw new CommandError('failed', `It cannot listen on ${host} port ${port} (${code}).`, {
      remedy:
        'Set CHAT_LDAP_SYNC_HOST and CHAT_LDAP_SYNC_PORT to an address of this machine and a free port; ' +
        'port 0 takes a free one.',
    });
  }
  return server;
}

/** Takes no new requests, ends a run in flight between two pages, and lets answers finish. */
async function stop(server: Server, ldapSync: LdapSync): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  await ldapSync.stop();
  server.closeIdleConnections();
  const force = setTimeout(() => server.closeAllConnections(), ANSWER_MS);
  await closed;
  clearTimeout(force);
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
