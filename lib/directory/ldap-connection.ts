import { isIP, type Socket } from 'node:net';
import { LdapSyncError } from '../errors.js';
import {
  toBindError,
  toConnectError,
  toConnectTimeout,
  toEndedEarly,
  toGarbage,
  toLost,
  toSilence,
  toStartTlsRefused,
  toStopped,
} from './connection-errors.js';
import type { ResponseResult } from './decode-message.js';
import type { DirectoryAddress, DirectoryEntry } from './directory.js';
import { createLdapjsClient, type LdapjsClient } from './ldapjs-client.js';
import { createMessageReader } from './message-reader.js';
import { toTlsOptions } from './tls-options.js';
import { createWatchdog, type Watchdog } from './watchdog.js';

/** What a search wants to hear from the wire. */
export interface SearchListener {
  entry(entry: DirectoryEntry, bytes: number): void;
  reference(urls: readonly string[]): void;
  failed(error: LdapSyncError): void;
}

/** One connection, bound, for one run. When anything goes wrong with it, it is over. */
export interface LdapConnection {
  readonly client: LdapjsClient;
  readonly watchdog: Watchdog;
  /** The result of the request that went out last; `undefined` until it is there. */
  readonly lastResult: ResponseResult | undefined;
  /** Why the connection is over. */
  readonly failure: LdapSyncError | undefined;
  /** One listener at a time: a connection serves one search after the other. */
  listen(listener: SearchListener | undefined): void;
  /** A request is about to go out: what was answered before says nothing about it, and silence counts from now. */
  expectAnswer(silentMs: number): void;
  pause(): void;
  resume(): void;
  /** Ends the connection at once, and whatever is waiting for it, with this error. The first error stays. */
  fail(error: LdapSyncError): void;
}

/** Connects, negotiates TLS, binds: in this order, and never the next before the one before has succeeded. */
export async function connectLdap(address: DirectoryAddress, signal?: AbortSignal): Promise<LdapConnection> {
  if (signal?.aborted) throw toStopped(signal);
  assertUsable(address);
  const connection = createConnection(address);
  const onAbort = (): void => connection.fail(toStopped(signal));
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    await connection.connected();
    if (address.encryption === 'starttls') await connection.startTls();
    if (address.bind) await connection.bind(address.bind);
    connection.watchdog.disarm();
    if (connection.failure) throw connection.failure;
    return connection;
  } catch (error) {
    connection.fail(toStopped(signal));
    throw error;
  } finally {
    signal?.removeEventListener('abort', onAbort);
  }
}

function assertUsable(address: DirectoryAddress): void {
  const { port, bind } = address;
  // ldapjs would throw in a timer of its own, which ends the host's process.
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new LdapSyncError('directory-unreachable', `${String(port)} is not a port.`, { remedy: 'Correct LDAP_Port.' });
  }
  // RFC 4513 §5.1.2: without a password this would be an anonymous bind that looks like a success.
  if (bind?.password === '') throw toBindError(new Error('no password is set, and an empty one would mean an anonymous bind'), address, '');
}

interface OpeningConnection extends LdapConnection {
  connected(): Promise<void>;
  startTls(): Promise<void>;
  bind(account: NonNullable<DirectoryAddress['bind']>): Promise<void>;
}

const ignore = (): void => undefined;

function createConnection(address: DirectoryAddress): OpeningConnection {
  const sockets: Socket[] = [];
  let listener: SearchListener | undefined;
  let lastResult: ResponseResult | undefined;
  let failure: LdapSyncError | undefined;
  let rejectStep: ((error: LdapSyncError) => void) | undefined;
  let isConnecting = true;

  const watchdog = createWatchdog((silentMs) => fail(isConnecting ? toConnectTimeout(address) : toSilence(address, silentMs)));
  const client = createLdapjsClient(toUrl(address), toTlsOptions(address), address.connectTimeoutMs, (error) =>
    fail(rejectStep ? toConnectError(error, address) : toLost(address, error)),
  );
  client.on('connect', (socket: Socket) => takeOver(socket));
  client.on('close', () => {
    // ldapjs has just taken all listeners off; a late error of the socket would end the process.
    for (const socket of sockets) socket.on('error', ignore);
    fail(rejectStep ? toEndedEarly(address) : toLost(address));
  });

  /** Puts our reader where ldapjs reads. ldapjs still gets every message that is not an entry. */
  function takeOver(socket: Socket): void {
    sockets.push(socket);
    // A connection that was given up while it was being made.
    if (failure) return destroySockets();
    const original = socket.listeners('data') as ((message: Buffer) => void)[];
    socket.removeAllListeners('data');
    const read = createMessageReader(
      {
        alive: () => watchdog.touch(),
        entry: (entry, bytes) => listener?.entry(entry, bytes),
        reference: (urls) => listener?.reference(urls),
        result: (result) => (lastResult = result),
        failed: (error) => fail(toGarbage(error, address, rejectStep !== undefined)),
      },
      (message) => original.forEach((listen) => listen(message)),
    );
    socket.on('data', read);
  }

  function fail(error: LdapSyncError): void {
    if (failure) return;
    failure = error;
    watchdog.disarm();
    rejectStep?.(error);
    listener?.failed(error);
    client.destroy();
    destroySockets();
  }

  function destroySockets(): void {
    for (const socket of sockets) {
      socket.on('error', ignore);
      socket.destroy();
    }
  }

  function expectAnswer(silentMs: number): void {
    lastResult = undefined;
    watchdog.arm(silentMs);
  }

  /** One step of opening; fails with the connection, and after `timeoutMs` of silence. */
  async function step(timeoutMs: number, begin: (resolve: () => void, reject: (error: LdapSyncError) => void) => void): Promise<void> {
    try {
      await new Promise<void>((resolve, reject) => {
        if (failure) return reject(failure);
        rejectStep = reject;
        expectAnswer(timeoutMs);
        begin(resolve, reject);
      });
    } finally {
      rejectStep = undefined;
    }
  }

  return {
    client,
    watchdog,
    get lastResult() {
      return lastResult;
    },
    get failure() {
      return failure;
    },
    listen: (wanted) => (listener = wanted),
    expectAnswer,
    pause() {
      watchdog.suspend();
      sockets.at(-1)?.pause();
    },
    resume() {
      watchdog.wake();
      sockets.at(-1)?.resume();
    },
    fail,
    connected: () => step(address.connectTimeoutMs, (resolve) => client.once('connect', () => resolve())),
    startTls: () =>
      step(address.connectTimeoutMs, (resolve, reject) => {
        client.starttls(toTlsOptions(address), [], (error) => {
          const secure = client._socket;
          secure?.on('error', ignore);
          const wasRefused = lastResult !== undefined && lastResult.resultCode !== 0;
          if (failure || !secure) return reject(failure ?? toEndedEarly(address));
          if (error) return reject(wasRefused ? toStartTlsRefused(address, lastResult?.diagnosticMessage ?? '') : toConnectError(error, address));
          takeOver(secure);
          resolve();
        });
      }),
    bind({ dn, password }) {
      isConnecting = false;
      return step(address.operationTimeoutMs, (resolve, reject) => {
        client.bind(dn, password, (error) => {
          if (!error) return resolve();
          reject(failure ?? toBindError(error, address, lastResult?.diagnosticMessage ?? ''));
        });
      });
    },
  };
}

function toUrl({ host, port, encryption }: DirectoryAddress): string {
  return `${encryption === 'ldaps' ? 'ldaps' : 'ldap'}://${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
}
