import type { Socket } from 'node:net';
import type { LdapSyncError } from '../../errors.js';
import type { DirectoryEntry } from '../directory.js';
import type { LdapjsClient } from './ldapjs-client.js';
import type { ResponseResult, ServerText } from './server-text.js';
import type { WantedAttributes } from '../wire/wanted-attributes.js';
import type { Watchdog } from './watchdog.js';

/** What a search wants to hear from the wire. */
export interface SearchListener {
  readonly wanted: WantedAttributes;
  /** `cost`: the bytes that the entry keeps in memory. */
  entry(entry: DirectoryEntry, cost: number): void;
  wantsReferences(): boolean;
  /** Clean texts: what a server says is cleaned before anybody is told. */
  reference(urls: readonly string[]): void;
  failed(error: LdapSyncError): void;
}

/** One connection, bound, for one run. When anything goes wrong with it, it is over. */
export interface LdapConnection {
  readonly client: LdapjsClient;
  readonly watchdog: Watchdog;
  /** The result of the request that went out last; `undefined` until it is there. */
  readonly lastResult: ResponseResult | undefined;
  /** Cleans texts and errors of the server. */
  readonly serverText: ServerText;
  /** Whether the server has ever said anything that is LDAP. */
  readonly hasHeard: boolean;
  /** Why the connection is over. */
  readonly failure: LdapSyncError | undefined;
  /** One listener at a time: a connection serves one search after the other. */
  listen(listener: SearchListener | undefined): void;
  /**
   * A request is about to go out: what was answered before says nothing about it, and silence counts from
   * now.
   */
  expectAnswer(silentMs: number): void;
  pause(): void;
  resume(): void;
  /** Ends the connection and everything that waits for it with this error, at once. The first error stays. */
  fail(error: LdapSyncError): void;
}

/** One step of opening a connection. */
export interface OpeningStep {
  readonly timeoutMs: number;
  /** The error for silence in this step. */
  toTimeout(): LdapSyncError;
  begin(resolve: () => void, reject: (error: LdapSyncError) => void): void;
}

export interface OpeningConnection extends LdapConnection {
  /** Settles with the step, or rejects with the error that ends the connection before. */
  step(step: OpeningStep): Promise<void>;
  /** Puts our reader where ldapjs reads. ldapjs still gets every message that is not an entry. */
  takeOver(socket: Socket): void;
}
