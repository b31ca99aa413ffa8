import { LdapSyncError } from '../../errors.js';
import { toBindError } from './bind-errors.js';
import {
  toConnectError,
  toConnectTimeout,
  toEndedEarly,
  toSilence,
  toStartTlsRefused,
  toStopped,
} from './connection-errors.js';
import type { DirectoryAddress } from '../directory.js';
import type { LdapConnection, OpeningConnection } from './connection.js';
import { createConnection } from './ldap-connection.js';
import { toTlsOptions } from './tls-options.js';

/** Connects, negotiates TLS, binds: in this order, and never the next before the one before has succeeded. */
export async function connectLdap(address: DirectoryAddress, signal?: AbortSignal): Promise<LdapConnection> {
  if (signal?.aborted) throw toStopped(signal);
  assertUsable(address);
  const connection = createConnection(address);
  const onAbort = (): void => connection.fail(toStopped(signal));
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    await connect(connection, address);
    if (address.encryption === 'starttls') await startTls(connection, address);
    if (address.bind) await bind(connection, address, address.bind);
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
    throw new LdapSyncError('directory-unreachable', `${String(port)} is not a port.`, {
      remedy: 'Correct LDAP_Port.',
    });
  }
  // RFC 4513 §5.1.2: without a password this would be an anonymous bind that looks like a success.
  if (bind?.password === '')
    throw toBindError(
      new Error('no password is set, and an empty one would mean an anonymous bind'),
      address,
    );
}

function connect({ client, step }: OpeningConnection, address: DirectoryAddress): Promise<void> {
  return step({
    timeoutMs: address.connectTimeoutMs,
    toTimeout: () => toConnectTimeout(address),
    begin: (resolve) => client.once('connect', () => resolve()),
  });
}

function startTls(connection: OpeningConnection, address: DirectoryAddress): Promise<void> {
  const { client } = connection;
  return connection.step({
    timeoutMs: address.connectTimeoutMs,
    toTimeout: () => toConnectTimeout(address),
    begin: (resolve, reject) =>
      client.starttls(toTlsOptions(address), [], (error) => {
        const secure = client._socket;
        secure?.on('error', () => undefined);
        if (connection.failure || !secure) return reject(connection.failure ?? toEndedEarly(address));
        if (error) {
          const answer = connection.lastResult;
          const wasRefused = answer !== undefined && answer.resultCode !== 0;
          return reject(
            wasRefused
              ? toStartTlsRefused(address, answer)
              : toConnectError(connection.serverText.error(error), address),
          );
        }
        connection.takeOver(secure);
        resolve();
      }),
  });
}

function bind(
  connection: OpeningConnection,
  address: DirectoryAddress,
  { dn, password }: NonNullable<DirectoryAddress['bind']>,
): Promise<void> {
  return connection.step({
    timeoutMs: address.operationTimeoutMs,
    toTimeout: () => toSilence(address, address.operationTimeoutMs),
    begin: (resolve, reject) =>
      connection.client.bind(dn, password, (error) => {
        if (!error) return resolve();
        reject(
          connection.failure ??
            toBindError(connection.serverText.error(error), address, connection.lastResult),
        );
      }),
  });
}
