import express, { type ErrorRequestHandler, type Express } from 'express';
import mongoose, { type Connection } from 'mongoose';
import { createLdapSync, type LdapSync, type Logger } from '../../lib/index.js';
import { createAvatarRoute } from './avatar-route.js';
import { createLogin } from './login.js';

export interface ChatServerOptions {
  readonly connection: Connection;
  readonly logger: Logger;
}

/** A chat server, as far as a sync needs one: people sign in, look at avatars, and administrators sync. */
export function createApp({ connection, logger }: ChatServerOptions): {
  readonly app: Express;
  readonly ldapSync: LdapSync;
} {
  const app = express();
  app.disable('x-powered-by');

  const ldapSync = createLdapSync({ connection, logger });
  app.use('/api/v1', ldapSync.router);
  app.use('/ldap-sync', ldapSync.page);

  app.post('/api/v1/login', ...createLogin(connection));
  app.get('/avatar/:username', createAvatarRoute(connection));
  app.get('/health', (_request, response) => {
    const isUp = connection.readyState === mongoose.STATES.connected;
    response.status(isUp ? 200 : 503).json({ status: isUp ? 'ok' : 'no database' });
  });
  app.use((_request, response) => {
    response.status(404).json({ success: false, error: 'Not found' });
  });
  app.use(createErrorHandler(logger));
  return { app, ldapSync };
}

/** Tells the caller nothing about the inside of the server; the log has it. */
function createErrorHandler(logger: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const status = (error as { status?: unknown }).status;
    const isClients = typeof status === 'number' && status >= 400 && status < 500;
    if (!isClients) {
      const stack = error instanceof Error ? error.stack : String(error);
      logger.error({ method: request.method, path: request.path, stack }, 'Request failed');
    }
    response
      .status(isClients ? status : 500)
      .json({ success: false, error: isClients ? 'Bad request' : 'Internal server error' });
  };
}
