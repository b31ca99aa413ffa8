import type { EventEmitter } from 'node:events';
import type { Server as NetServer, Socket } from 'node:net';
import ldapjs from 'ldapjs';
import type { StoredAttribute } from './entry.js';

/** What is used of ldapjs' server; the published types are of an older version. */
export interface LdapjsServer extends EventEmitter {
  readonly server: NetServer;
  bind(dn: string, handler: Handler<BindRequest, LdapjsResponse>): void;
  search(dn: string, handler: Handler<SearchRequest, SearchResponse>): void;
}

type Handler<Request, Response> = (
  request: Request,
  response: Response,
  next: (error?: Error) => void,
) => void;

export interface BindRequest {
  readonly name: { toString(): string };
  readonly credentials: string;
  readonly connection: Socket;
}

export interface SearchRequest {
  readonly baseObject: { toString(): string };
  readonly scope: number;
  readonly sizeLimit: number;
  readonly typesOnly: boolean;
  /**
   * Its text has the values escaped (RFC 4515). ldapjs has parsed and printed it: characters beyond U+FFFF
   * are damaged.
   */
  readonly filter: { toString(): string };
  readonly attributes: readonly string[];
  readonly controls: readonly LdapjsControl[];
  readonly connection: Socket;
}

export interface LdapjsControl {
  readonly type: string;
  readonly criticality: boolean;
  readonly value: unknown;
}

export interface LdapjsResponse {
  diagnosticMessage: string;
  end(status: number): void;
}

export interface SearchResponse extends LdapjsResponse {
  addControl(control: object): void;
  createSearchEntry(entry: {
    objectName: object;
    attributes: readonly { type: string; values: readonly Buffer[] }[];
  }): object;
  send(entry: object): void;
}

const { PagedResultsControl } = ldapjs as unknown as {
  PagedResultsControl: new (options: { value: { size: number; cookie: Buffer } }) => object;
};

export function createLdapjsServer(): LdapjsServer {
  return ldapjs.createServer() as unknown as LdapjsServer;
}

export function createPagedResultsControl(cookie: Buffer): object {
  return new PagedResultsControl({ value: { size: 0, cookie } });
}

export interface SentEntry {
  readonly dn: string;
  readonly attributes: readonly StoredAttribute[];
  /** Without the values. */
  readonly typesOnly: boolean;
}

/** Sends an entry with its DN as it is: ldapjs' own DN class would escape it anew. */
export function sendEntry(response: SearchResponse, { dn, attributes, typesOnly }: SentEntry): void {
  response.send(
    response.createSearchEntry({
      objectName: { toString: () => dn, [Symbol.toStringTag]: 'LdapDn' },
      attributes: attributes.map(({ name, values }) => ({ type: name, values: typesOnly ? [] : values })),
    }),
  );
}
