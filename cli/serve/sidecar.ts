import express, { type Express, type Response } from 'express';
import type { Connection } from 'mongoose';
import { createLdapSync, type LdapSync } from '../../lib/create-ldap-sync.js';
import type { Logger } from '../../lib/logger.js';
import type { Environment } from '../session/secret-files.js';
import type { ServeConfig } from './config.js';
import { createErrorHandler } from './error-handler.js';
import type { Metrics } from './load-metrics.js';
import { readReadiness } from './readiness.js';

export interface SidecarOptions {
  readonly connection: Connection;
  readonly config: Pick<ServeConfig, 'trustProxy'>;
  readonly environment: Environment;
  readonly logger: Logger;
  readonly metrics: Metrics | undefined;
  readonly stopping: AbortSignal;
}

const NO_METRICS = 'There are no metrics here: they are off, or the package prom-client is not installed.\n';

/** The API, and what whoever runs a process asks it. */
export function createSidecar(options: SidecarOptions): {
  readonly app: Express;
  readonly ldapSync: LdapSync;
} {
  const { connection, config, environment, logger, metrics, stopping } = options;
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', config.trustProxy);
  const ldapSync = createLdapSync({
    connection,
    logger,
    environment,
    ...(metrics ? { metrics: metrics.option } : {}),
  });
  app.use('/api/v1', ldapSync.router);
  app.use('/ldap-sync', ldapSync.page);

  // Alive, whatever the database does: a restart would not bring that back.
  app.get('/health', (_request, response) => answer(response, 200, { status: 'ok' }));
  app.get('/ready', async (_request, response) => {
    const { isReady, ...why } = stopping.aborted ? STOPPING : await readReadiness(connection);
    answer(response, isReady ? 200 : 503, { status: isReady ? 'ready' : 'not ready', ...why });
  });
  app.get('/metrics', async (_request, response) => {
    response.set('Cache-Control', 'no-store');
    if (!metrics) return void response.status(404).type('text/plain').send(NO_METRICS);
    response.set('Content-Type', metrics.contentType).send(await metrics.read());
  });
  app.use((_request, response) => answer(response, 404, { success: false, error: 'Not found' }));
  app.use(createErrorHandler(logger));
  return { app, ldapSync };
}

const STOPPING = { isReady: false, reason: 'The process is stopping.' };

function answer(response: Response, status: number, body: object): void {
  response.status(status).set('Cache-Control', 'no-store').json(body);
}
