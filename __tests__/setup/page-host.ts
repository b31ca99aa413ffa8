import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { ChatServerOptions } from '../../examples/chat-server/app.js';
import { createLogin } from '../../examples/chat-server/login.js';
import type { RunningChatServer } from '../../examples/chat-server/start-chat-server.js';
import { createLdapSync } from '../../lib/create-ldap-sync.js';

/** The code that the sign-in of {@link startPageHost} asks for. */
export const LOGIN_CODE = '246810';
/** Where the page is besides `/ldap-sync`. */
export const DEEP_PREFIX = '/deep/pre%20fix/Sync';

const CHALLENGE = { method: 'totp', availableMethods: ['totp'], codeGenerated: false };

/** A chat server whose sign-in asks for a second factor, with the page at two places. */
export async function startPageHost(
  { connection, logger }: ChatServerOptions,
  port: number,
): Promise<RunningChatServer> {
  const ldapSync = createLdapSync({ connection, logger, environment: {} });
  const app = express();
  app.use('/api/v1', ldapSync.router);
  app.use('/ldap-sync', ldapSync.page);
  app.use(DEEP_PREFIX, ldapSync.page);
  app.post('/api/v1/login', (request, response, next) => {
    const code = request.headers['x-2fa-code'];
    if (code === LOGIN_CODE) return next();
    const error = code === undefined ? 'totp-required' : 'totp-invalid';
    response.status(401).json({ status: 'error', success: false, error, message: error, details: CHALLENGE });
  });
  app.post('/api/v1/login', ...createLogin(connection));
  const server = createServer(app);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ldapSync,
    async stop() {
      server.closeAllConnections();
      server.close();
      await ldapSync.stop();
    },
  };
}
