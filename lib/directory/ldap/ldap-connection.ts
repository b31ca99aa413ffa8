import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { LdapSyncError } from '../../errors.js';
import { toConnectError, toEndedEarly, toLost, toSilence } from './connection-errors.js';
import type { DirectoryAddress } from '../directory.js';
import type { OpeningConnection, OpeningStep, SearchListener } from './connection.js';
import { createFirstAnswerWatch } from './first-answer.js';
import { createLdapjsClient } from './ldapjs-client.js';
import { LIMITS } from '../wire/limits.js';
import type { MessageSink } from '../wire/message-reader.js';
import { toForeign } from './own-partitions.js';
import { createReadSockets } from './read-sockets.js';
import { toBrokenProtocol } from './protocol-errors.js';
import { createServerText, type ResponseResult } from './server-text.js';
import { toTlsOptions } from './tls-options.js';
import { NOTHING_WANTED } from '../wire/wanted-attributes.js';
import { createWatchdog } from './watchdog.js';

/** Starts to connect. Nothing has been sent yet, and nothing is until a step of opening does. */
export function createConnection(address: DirectoryAddress): OpeningConnection {
  const serverText = createServerText(address.bind ? [address.bind.password] : []);
  let listener: SearchListener | undefined;
  let lastResult: ResponseResult | undefined;
  let results = 0;
  let hasHeard = false;
  let isSecured = false;
  let failure: LdapSyncError | undefined;
  let rejectStep: ((error: LdapSyncError) => void) | undefined;
  let toTimeout = (silentMs: number): LdapSyncError => toSilence(address, silentMs);

  const sink: MessageSink = {
    wanted: () => listener?.wanted ?? NOTHING_WANTED,
    alive() {
      hasHeard = true;
      firstAnswer.disarm();
      watchdog.touch();
    },
    entry: (entry, cost) => listener?.entry(entry, cost),
    reference(urls) {
      const foreign = toForeign(urls);
      if (urls.length > 0 && foreign.length === 0) return;
      // A text costs milliseconds to look through, and a server may send millions.
      const told = listener?.wantsReferences()
        ? foreign.slice(0, LIMITS.references).map(serverText.clean)
        : [];
      listener?.reference(told);
    },
    result(result) {
      lastResult = serverText.result(result);
      results += 1;
      return results <= LIMITS.resultsOfRequest;
    },
    failed: (error) =>
      fail(toBrokenProtocol(error, { address, isOpening: rejectStep !== undefined, hasHeard, lastResult })),
  };
  const sockets = createReadSockets(sink);

  const firstAnswer = createFirstAnswerWatch(address, (error) => {
    if (!hasHeard) fail(error);
  });
  const watchdog = createWatchdog((silentMs) => fail(toTimeout(silentMs)));
  const client = createLdapjsClient({
    host: address.host,
    port: address.port,
    isTls: address.encryption === 'ldaps',
    tlsOptions: toTlsOptions(address),
    connectTimeoutMs: address.connectTimeoutMs,
    onError(error) {
      const clean = serverText.error(error);
      fail(rejectStep ? toConnectError(clean, address, isSecured) : toLost(address, clean));
    },
  });
  client.on('connect', (socket: Socket) => takeOver(socket));
  client.on('close', () => {
    // ldapjs has just taken all listeners off; a late error of the socket would end the process.
    sockets.mute();
    fail(rejectStep ? toEndedEarly(address, isSecured) : toLost(address));
  });

  function takeOver(socket: Socket): void {
    sockets.add(socket);
    isSecured = socket instanceof TLSSocket;
    // The connection may have been given up while it was being made.
    if (failure) sockets.destroy();
    else sockets.takeOver(socket);
  }

  function fail(error: LdapSyncError): void {
    if (failure) return;
    failure = error;
    watchdog.disarm();
    firstAnswer.disarm();
    rejectStep?.(error);
    listener?.failed(error);
    client.destroy();
    sockets.destroy();
  }

  function expectAnswer(silentMs: number): void {
    lastResult = undefined;
    results = 0;
    watchdog.arm(silentMs);
    // Only a connection that is made can be silent because it expects TLS.
    if (!hasHeard && client._socket) firstAnswer.arm();
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
    serverText,
    get lastResult() {
      return lastResult;
    },
    get hasHeard() {
      return hasHeard;
    },
    get failure() {
      return failure;
    },
    listen: (wanted) => (listener = wanted),
    expectAnswer,
    pause() {
      watchdog.suspend();
      sockets.pause();
    },
    resume() {
      watchdog.wake();
      sockets.resume();
    },
    fail,
    step,
    takeOver,
  };
}
