import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { createAwkwardPeople } from './awkward-people.js';
import { createEmbeddedPeople, type EmbeddedPeople } from './embedded-people.js';
import { toDNKey } from './entry.js';
import { createLdapjsServer, type BindRequest, type LdapjsResponse } from './ldapjs-server.js';
import { createOrdinaryPeople } from './ordinary-people.js';
import { PEOPLE_DN, SUFFIX, type EmbeddedPerson } from './person.js';
import { createSearchHandler } from './search-handler.js';

/**
 * An LDAP server in this process, for the demo and for tests. It is no product: it keeps nothing and knows
 * one account.
 */
export interface EmbeddedDirectory {
  /** `ldap://127.0.0.1:port` */
  readonly url: string;
  readonly host: string;
  readonly port: number;
  /** Where the people are. */
  readonly baseDN: string;
  /** The top of the tree; the groups are under it too. */
  readonly suffix: string;
  /** The only account that may bind, and so search. */
  readonly bindDN: string;
  readonly bindPassword: string;
  readonly people: EmbeddedPeople;
  stop(): Promise<void>;
}

const BIND_DN = `cn=chat,${SUFFIX}`;
const BIND_PASSWORD = 'demo-service-password';
const INVALID_CREDENTIALS = 49;
const SUCCESS = 0;

/** Starts on a free loopback port, with the organisation of the demo or with the given people. */
export async function startEmbeddedDirectory(people?: readonly EmbeddedPerson[]): Promise<EmbeddedDirectory> {
  const directory = createEmbeddedPeople(
    people ?? [...(await createOrdinaryPeople()), ...(await createAwkwardPeople())],
  );
  const server = createLdapjsServer();
  const sockets = new Set<Socket>();
  const bound = new WeakSet<Socket>();
  // ldapjs cuts off a client that does not speak LDAP and emits an error, which ends the process when nothing
  // listens.
  server.on('error', () => undefined);
  server.server.on('connection', (socket) => {
    sockets.add(socket);
    // An entry a write, as ldapjs does it, would wait for the client's acknowledgements.
    socket.setNoDelay(true);
    socket.once('close', () => sockets.delete(socket));
  });
  server.bind('', (request: BindRequest, response: LdapjsResponse, next) => {
    const isRight =
      toDNKey(request.name.toString()) === toDNKey(BIND_DN) && request.credentials === BIND_PASSWORD;
    if (isRight) bound.add(request.connection);
    else bound.delete(request.connection);
    response.end(isRight ? SUCCESS : INVALID_CREDENTIALS);
    next();
  });
  server.search(
    '',
    createSearchHandler({ entries: directory.entries, isBound: (connection) => bound.has(connection) }),
  );
  server.server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;

  return {
    url: `ldap://127.0.0.1:${port}`,
    host: '127.0.0.1',
    port,
    baseDN: PEOPLE_DN,
    suffix: SUFFIX,
    bindDN: BIND_DN,
    bindPassword: BIND_PASSWORD,
    people: directory.people,
    async stop() {
      if (!server.server.listening) return;
      const closed = once(server.server, 'close');
      server.server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
