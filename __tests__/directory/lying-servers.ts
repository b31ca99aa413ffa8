import type { Socket } from 'node:net';
import { listen } from '../setup/tcp-proxy.js';
import { octets, startLyingServer, tlv, type LyingServer, type Request } from './ldap-messages.js';
import { addressOf, queryOf, sweepOnce, type Swept } from './sweeps.js';

/** Short enough for a test to wait for; what is waited for is that it ends, not when. */
export const BRIEF = { connectTimeoutMs: 1_000, operationTimeoutMs: 1_000 };
export const SECRET = 'service-account-secret';
export const BIND = { dn: 'cn=admin,dc=example,dc=org', password: SECRET };

/** Servers that do not keep to the protocol; each is closed after the test that started it. */
export function createLyingServers() {
  const servers: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });

  async function serve(
    answer: (request: Request, socket: Socket) => void,
    takesBinds = false,
  ): Promise<LyingServer> {
    const server = await startLyingServer(answer, takesBinds);
    servers.push(server);
    return server;
  }

  async function sweepOf(
    answer: (id: number, socket: Socket) => void,
    query = queryOf(),
    changes = {},
  ): Promise<Swept> {
    const { port } = await serve(({ id }, socket) => answer(id, socket));
    return sweepOnce(addressOf({ port, ...changes }), query);
  }

  async function raw(onConnection: (socket: Socket) => void): Promise<number> {
    const server = await listen(onConnection);
    servers.push(server);
    return server.port;
  }

  return { servers, serve, sweepOf, raw };
}

export const success = (operation: number): Buffer =>
  tlv(operation, tlv(0x0a, Buffer.from([0])), octets(''), octets(''));
export const pagedControl = (...value: readonly Buffer[]): Buffer =>
  tlv(0xa0, tlv(0x30, octets('1.2.840.113556.1.4.319'), ...value));

/** Waits until the server sees no connection any more; a test that waits for ever fails. */
export async function untilClosed(server: { openConnections(): number }): Promise<void> {
  while (server.openConnections() > 0) await new Promise((resolve) => setTimeout(resolve, 10));
}
