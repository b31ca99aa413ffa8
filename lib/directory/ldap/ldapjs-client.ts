import type { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import ldapjs from 'ldapjs';

/** What this package uses of ldapjs' client; the published types lack the socket. */
export interface LdapjsClient extends EventEmitter {
  /** Private, and stable: ldapjs is frozen and pinned. After StartTLS this is the TLS socket. */
  readonly _socket: Socket | null;
  /** Private too: the parsed URLs, of which the first is connected to in a later tick. */
  readonly urls: readonly { hostname: string; port: number }[];
  bind(dn: string, password: string, callback: (error: Error | null) => void): void;
  starttls(options: ConnectionOptions, controls: readonly [], callback: (error: Error | null) => void): void;
  exop(name: string, callback: (error: Error | null) => void): void;
  search(
    base: object,
    options: LdapjsSearchOptions,
    controls: readonly object[],
    callback: LdapjsSearchCallback,
  ): void;
  destroy(): void;
}

export interface LdapjsSearchOptions {
  readonly scope: string;
  readonly filter: object;
  readonly attributes: readonly string[];
  readonly sizeLimit: number;
  /** Names of attributes, and no values. */
  readonly typesOnly: boolean;
  /** Seconds; ldapjs turns 0 into 10. */
  readonly timeLimit: number;
  /** As in the protocol: 0 never, 1 searching, 2 finding, 3 always. */
  readonly derefAliases: number;
}

export interface LdapjsClientOptions {
  readonly host: string;
  readonly port: number;
  readonly isTls: boolean;
  readonly tlsOptions: ConnectionOptions;
  readonly connectTimeoutMs: number;
  readonly onError: (error: Error) => void;
}

export type LdapjsSearchCallback = (error: Error | null, response: EventEmitter) => void;

/**
 * Starts to connect. The `error` listener is there from the first tick: without one, a refused connection
 * ends the host's process. No reconnecting: a client that comes back is anonymous. ldapjs' own time limit is
 * what destroys a socket that has not connected yet; until then nobody else can reach it.
 */
export function createLdapjsClient({
  host,
  port,
  isTls,
  tlsOptions,
  connectTimeoutMs,
  onError,
}: LdapjsClientOptions): LdapjsClient {
  const client = ldapjs.createClient({
    // A URL has no place for the zone of an IPv6 address, and rewrites what looks like a number.
    url: `${isTls ? 'ldaps' : 'ldap'}://directory.invalid`,
    tlsOptions,
    connectTimeout: connectTimeoutMs,
    reconnect: false,
  }) as unknown as LdapjsClient;
  for (const parsed of client.urls) Object.assign(parsed, { hostname: host, port });
  client.on('error', onError);
  // The connection's own watchdog tells of it.
  client.on('connectTimeout', () => undefined);
  return client;
}

const { Control, PagedResultsControl } = ldapjs as unknown as {
  Control: new (options: { type: string; criticality: boolean; value?: string }) => object;
  PagedResultsControl: new (options: {
    criticality: boolean;
    value: { size: number; cookie: Buffer };
  }) => object;
};

export function createPagedResultsControl(size: number, cookie: Buffer, isCritical: boolean): object {
  return new PagedResultsControl({ criticality: isCritical, value: { size, cookie } });
}

/** A control without a value. */
export function createPlainControl(type: string): object {
  return new Control({ type, criticality: false });
}

/** A control whose value is a text. */
export function createTextControl(type: string, value: string): object {
  return new Control({ type, criticality: false, value });
}

/** A base DN that reaches the server as it was given. ldapjs' own DN class re-escapes, and damages some. */
export function toRawDN(dn: string): object {
  return { toString: () => dn, [Symbol.toStringTag]: 'LdapDn' };
}

/** A filter that has been encoded already. */
export function toRawFilter(encoded: Buffer): object {
  return {
    toBer: () => ({ buffer: encoded }),
    toString: () => '(encoded)',
    [Symbol.toStringTag]: 'FilterString',
  };
}
