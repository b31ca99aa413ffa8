import type { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import ldapjs from 'ldapjs';

/** What this package uses of ldapjs' client; the published types lack the socket. */
export interface LdapjsClient extends EventEmitter {
  /** Private, and stable: ldapjs is frozen and pinned. After StartTLS this is the TLS socket. */
  readonly _socket: Socket | null;
  bind(dn: string, password: string, callback: (error: Error | null) => void): void;
  starttls(options: ConnectionOptions, controls: readonly [], callback: (error: Error | null) => void): void;
  search(base: object, options: LdapjsSearchOptions, controls: readonly object[], callback: LdapjsSearchCallback): void;
  destroy(): void;
}

export interface LdapjsSearchOptions {
  readonly scope: string;
  readonly filter: object;
  readonly attributes: readonly string[];
  readonly sizeLimit: number;
  /** Seconds; ldapjs turns 0 into 10. */
  readonly timeLimit: number;
}

export type LdapjsSearchCallback = (error: Error | null, response: EventEmitter) => void;

/** The control of a response that says where the next page starts (RFC 2696). */
export interface PagedResultsResponse {
  readonly type: string;
  readonly value: { readonly cookie: Buffer };
}

export const PAGED_RESULTS_OID = '1.2.840.113556.1.4.319';

/**
 * Starts to connect. The `error` listener is there from the first tick: without one, a refused connection ends the host's
 * process. No reconnecting: a client that comes back is anonymous.
 */
export function createLdapjsClient(url: string, tlsOptions: ConnectionOptions, onError: (error: Error) => void): LdapjsClient {
  const client = ldapjs.createClient({ url, tlsOptions, reconnect: false }) as unknown as LdapjsClient;
  client.on('error', onError);
  return client;
}

const { PagedResultsControl } = ldapjs as unknown as {
  PagedResultsControl: new (options: { criticality: boolean; value: { size: number; cookie: Buffer } }) => object;
};

export function createPagedResultsControl(size: number, cookie: Buffer, isCritical: boolean): object {
  return new PagedResultsControl({ criticality: isCritical, value: { size, cookie } });
}

/** A base DN that reaches the server as it was given. ldapjs' own DN class re-escapes, and damages some. */
export function toRawDN(dn: string): object {
  return { toString: () => dn, [Symbol.toStringTag]: 'LdapDn' };
}

/** A filter that has been encoded already. */
export function toRawFilter(encoded: Buffer): object {
  return { toBer: () => ({ buffer: encoded }), toString: () => '(encoded)', [Symbol.toStringTag]: 'FilterString' };
}
