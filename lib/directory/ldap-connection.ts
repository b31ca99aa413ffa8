import { isIP, type Socket } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import { LdapSyncError } from '../errors.js';
import { toBindError, toConnectError, toConnectTimeout, toStartTlsRefused } from './connection-errors.js';
import type { ResponseResult } from './decode-message.js';
import type { DirectoryAddress, DirectoryEntry } from './directory.js';
import { createLdapjsClient, type LdapjsClient } from './ldapjs-client.js';
import { createMessageReader } from './message-reader.js';
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
  /** The result of the response that came last. */
  readonly lastResult: ResponseResult | undefined;
  /** Why the connection is over. */
  readonly failure: LdapSyncError | undefined;
  listen(listener: SearchListener | undefined): void;
  pause(): void;
  resume(): void;
  fail(error: LdapSyncError): void;
  close(): void;
}

/** Connects, negotiates TLS, binds: in this order, and never the next before the one before has succeeded. */
export async function connectLdap(address: DirectoryAddress, signal?: AbortSignal): Promise<LdapConnection> {
  signal?.throwIfAborted();
  const connection = createConnection(address);
  const onAbort = (): void => connection.fail(toStopped(signal));
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    await connection.connected();
    if (address.encryption === 'starttls') await connection.startTls();
    if (address.bind) await connection.bind(address.bind);
    connection.watchdog.disarm();
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  } finally {
    signal?.removeEventListener('abort', onAbort);
  }
}

export function toStopped(signal: AbortSignal | undefined): LdapSyncError {
  const reason: unknown = signal?.reason;
  return reason instanceof LdapSyncError ? reason : new LdapSyncError('run-stopped', 'The sync was stopped.', { remedy: 'Run it again.' });
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
  let isClosed = false;

  const watchdog = createWatchdog((silentMs) => fail(toSilence(address, silentMs)));
  const client = createLdapjsClient(toUrl(address), toTlsOptions(address), (error) => fail(toError(error)));
  client.on('connectTimeout', ignore);
  client.on('connect', (socket: Socket) => takeOver(socket));
  client.on('close', () => {
    // ldapjs has just taken all listeners off; a late error of the socket would end the process.
    for (const socket of sockets) socket.on('error', ignore);
    fail(toLost(address));
  });

  /** Puts our reader where ldapjs reads. ldapjs still gets every message that is not an entry. */
  function takeOver(socket: Socket): void {
    sockets.push(socket);
    const original = socket.listeners('data') as ((message: Buffer) => void)[];
    socket.removeAllListeners('data');
    const read = createMessageReader(
      {
        alive: () => watchdog.touch(),
        entry: (entry, bytes) => listener?.entry(entry, bytes),
        reference: (urls) => listener?.reference(urls),
        result: (result) => (lastResult = result),
        failed: (error) => fail(new LdapSyncError('directory-lost', error.message, { remedy: GARBAGE_REMEDY })),
      },
      (message) => original.forEach((listen) => listen(message)),
    );
    socket.on('data', read);
  }

  function fail(error: LdapSyncError): void {
    if (failure || isClosed) return;
    failure = error;
    rejectStep?.(error);
    listener?.failed(error);
    close();
  }

  function toError(error: Error): LdapSyncError {
    return sockets.length === 0 || rejectStep ? toConnectError(error, address) : toLost(address, error);
  }

  function close(): void {
    if (isClosed) return;
    isClosed = true;
    watchdog.disarm();
    client.destroy();
    for (const socket of sockets) {
      socket.on('error', ignore);
      socket.destroy();
    }
  }

  /** One step of opening; fails with the connection, and after `timeoutMs` of silence. */
  function step(timeoutMs: number, begin: (resolve: () => void, reject: (error: LdapSyncError) => void) => void): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      if (failure) return reject(failure);
      rejectStep = reject;
      watchdog.arm(timeoutMs);
      begin(resolve, reject);
    }).finally(() => (rejectStep = undefined));
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
    pause: () => sockets.at(-1)?.pause(),
    resume: () => sockets.at(-1)?.resume(),
    fail,
    close,
    connected: () => step(address.connectTimeoutMs, (resolve) => client.once('connect', () => resolve())),
    startTls: () =>
      step(address.connectTimeoutMs, (resolve, reject) => {
        client.starttls(toTlsOptions(address), [], (error) => {
          const secure = client._socket;
          secure?.on('error', ignore);
          const wasRefused = lastResult !== undefined && lastResult.resultCode !== 0;
          if (error) return reject(wasRefused ? toStartTlsRefused(address, lastResult?.diagnosticMessage ?? '') : toConnectError(error, address));
          if (!secure) return reject(toLost(address));
          takeOver(secure);
          resolve();
        });
      }),
    bind: ({ dn, password }) =>
      step(address.operationTimeoutMs, (resolve, reject) => {
        // RFC 4513 §5.1.2: without a password this would be an anonymous bind that looks like a success.
        if (password === '') return reject(toBindError(new Error('it has no password'), address, ''));
        client.bind(dn, password, (error) => {
          if (!error) return resolve();
          reject(failure ?? toBindError(error, address, lastResult?.diagnosticMessage ?? ''));
        });
      }),
  };
}

const GARBAGE_REMEDY = 'Check that LDAP_Host and LDAP_Port are those of an LDAP server, and that LDAP_Encryption fits the port.';

function toUrl({ host, port, encryption }: DirectoryAddress): string {
  return `${encryption === 'ldaps' ? 'ldaps' : 'ldap'}://${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
}

function toTlsOptions({ host, caCertificates, rejectUnauthorized }: DirectoryAddress): ConnectionOptions {
  return {
    rejectUnauthorized,
    // Without one of these Node verifies the certificate of a StartTLS connection against "localhost".
    ...(isIP(host) === 0 ? { servername: host.replace(/\.$/, '') } : { host }),
    ...(caCertificates.length > 0 ? { ca: [...caCertificates] } : {}),
  };
}

function toLost({ host, port }: DirectoryAddress, cause?: Error): LdapSyncError {
  return new LdapSyncError('directory-lost', `The connection to ${host}:${port} was lost.`, {
    remedy: 'Run the sync again; if it returns, look into the log of the directory server, and check LDAP_Encryption and LDAP_Port.',
    ...(cause ? { cause } : {}),
  });
}

function toSilence(address: DirectoryAddress, silentMs: number): LdapSyncError {
  if (silentMs === address.connectTimeoutMs) return toConnectTimeout(address);
  return new LdapSyncError('directory-timeout', `${address.host}:${address.port} was silent for ${silentMs} ms.`, {
    remedy: 'Check the load of the directory server, or raise LDAP_Timeout.',
  });
}
