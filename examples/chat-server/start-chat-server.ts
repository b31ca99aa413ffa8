import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LdapSync } from '../../lib/index.js';
import { createApp, type ChatServerOptions } from './app.js';

export interface RunningChatServer {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  readonly ldapSync: LdapSync;
  /**
   * Takes no new requests, ends a run in flight cleanly, lets answers finish. The connection stays the
   * caller's. Idempotent.
   */
  stop(): Promise<void>;
}

/** Listens on the loopback interface; port 0 is a free one. Rejects when the port is taken. */
export async function startChatServer(options: ChatServerOptions, port: number): Promise<RunningChatServer> {
  const { app, ldapSync } = createApp(options);
  const server = createServer(app);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening').catch((error: unknown) => {
    throw toListenError(error, port);
  });

  async function stop(): Promise<void> {
    const closed = once(server, 'close');
    server.close();
    await ldapSync.stop();
    // An answer takes no long time; connections that are only kept open are closed.
    server.closeIdleConnections();
    const force = setTimeout(() => server.closeAllConnections(), 2_000);
    await closed;
    clearTimeout(force);
  }

  let stopping: Promise<void> | undefined;
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ldapSync,
    stop: () => (stopping ??= stop()),
  };
}

function toListenError(error: unknown, port: number): Error {
  const { code = 'unknown' } = error as NodeJS.ErrnoException;
  return new Error(
    `It cannot listen on port ${port} of 127.0.0.1 (${code}). Set PORT to a free port; 0 takes a free one.`,
  );
}
