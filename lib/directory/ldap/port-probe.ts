import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { DirectoryAddress } from '../directory.js';

type Port = Pick<DirectoryAddress, 'host' | 'port' | 'connectTimeoutMs'>;

/** Longer would only delay an error. */
const MAX_WAIT_MS = 5_000;
const MESSAGE = 0x30;
/** A search for the root entry with `(objectClass=*)` and no attributes, which every server answers anybody. */
const ROOT_SEARCH = Buffer.from(
  '302a020101632504000a01000a0100020101020100010100870b6f626a656374436c6173733005040331' + '2e31',
  'hex',
);

/** Whether a TLS handshake succeeds, or is refused in TLS. Nothing is sent over it, and nobody is trusted. */
export function speaksTls({ host, port, connectTimeoutMs }: Port): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connectTls({ host, port, rejectUnauthorized: false });
    socket.once('secureConnect', () => end(true));
    const end = endOnce(socket, connectTimeoutMs, resolve);
    socket.on('error', ({ code = '' }: NodeJS.ErrnoException) => end(code.includes('ALERT')));
  });
}

/** Whether the first byte of the answer to a search in clear is that of an LDAP message. */
export function speaksLdap({ host, port, connectTimeoutMs }: Port): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connectTcp({ host, port }, () => socket.write(ROOT_SEARCH));
    const end = endOnce(socket, connectTimeoutMs, resolve);
    socket.once('data', (chunk: Buffer) => end(chunk[0] === MESSAGE));
    socket.on('error', () => end(false));
  });
}

function endOnce(
  socket: Socket,
  timeoutMs: number,
  resolve: (answer: boolean) => void,
): (answer: boolean) => void {
  const end = (answer: boolean): void => {
    clearTimeout(timer);
    socket.destroy();
    resolve(answer);
  };
  const timer = setTimeout(() => end(false), Math.min(timeoutMs, MAX_WAIT_MS));
  socket.once('close', () => end(false));
  return end;
}
