import { isIP, type Socket } from 'node:net';
import type { LdapSyncError } from '../errors.js';
import {
  toConnectError,
  toEndedEarly,
  toGarbage,
  toLost,
  toSilence,
  toUnknownResult,
} from './connection-errors.js';
import type { ResponseResult } from './decode-result.js';
import type { DirectoryAddress, DirectoryEntry } from './directory.js';
import { createLdapjsClient, type LdapjsClient } from './ldapjs-client.js';
import { MalformedMessageError } from './malformed-message-error.js';
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

/** How one step of opening is told apart from the next. */
export interface OpeningStep {
  readonly timeoutMs: number;
  /** What silence in this step means. */
  toTimeout(): LdapSyncError;
  begin(resolve: () => void, reject: (error: LdapSyncError) => void): void;
}

export interface OpeningConnection extends LdapConnection {
  /** Settles with the step, or rejects with whatever ends the connection before. */
  step(step: OpeningStep): Promise<void>;
  /** Puts our reader where ldapjs reads. ldapjs still gets every message that is not an entry. */
  takeOver(socket: Socket): void;
}

const ignore = (): void => undefined;

/** Starts to connect. Nothing has been sent yet, and nothing is until a step of opening does. */
export function createConnection(address: DirectoryAddress): OpeningConnection {
  const sockets: Socket[] = [];
  let listener: SearchListener | undefined;
  let lastResult: ResponseResult | undefined;
  let failure: LdapSyncError | undefined;
  let rejectStep: ((error: LdapSyncError) => void) | undefined;
  let toTimeout = (silentMs: number): LdapSyncError => toSilence(address, silentMs);

  const watchdog = createWatchdog((silentMs) => fail(toTimeout(silentMs)));
  const client = createLdapjsClient(
    toUrl(address),
    toTlsOptions(address),
    address.connectTimeoutMs,
    (error) => fail(rejectStep ? toConnectError(error, address) : toLost(address, error)),
  );
  client.on('connect', (socket: Socket) => takeOver(socket));
  client.on('close', () => {
    // ldapjs has just taken all listeners off; a late error of the socket would end the process.
    for (const socket of sockets) socket.on('error', ignore);
    fail(rejectStep ? toEndedEarly(address) : toLost(address));
  });

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
        failed(error) {
          const isOpening = rejectStep !== undefined;
          fail(
            error instanceof MalformedMessageError
              ? toGarbage(error, address, isOpening)
              : toUnknownResult(lastResult, address, isOpening),
          );
        },
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

  async function step(opening: OpeningStep): Promise<void> {
    const before = toTimeout;
    try {
      await new Promise<void>((resolve, reject) => {
        if (failure) return reject(failure);
        rejectStep = reject;
        toTimeout = () => opening.toTimeout();
        expectAnswer(opening.timeoutMs);
        opening.begin(resolve, reject);
      });
    } finally {
      rejectStep = undefined;
      toTimeout = before;
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
    step,
    takeOver,
  };
}

function toUrl({ host, port, encryption }: DirectoryAddress): string {
  return `${encryption === 'ldaps' ? 'ldaps' : 'ldap'}://${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
}
