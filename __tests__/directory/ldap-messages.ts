import type { Socket } from 'node:net';
import { listen, type RawServer } from '../setup/tcp-proxy.js';

/** LDAP messages written by hand, so that a server can say what no real one would. */

export function tlv(tag: number, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const header = Buffer.alloc(6);
  header.writeUInt8(tag, 0);
  header.writeUInt8(0x84, 1);
  header.writeUInt32BE(body.length, 2);
  return Buffer.concat([header, body]);
}

export const octets = (value: string | Buffer): Buffer => tlv(0x04, Buffer.from(value as string));
const integer = (value: number, tag = 0x02): Buffer => tlv(tag, Buffer.from([value >> 8, value & 0xff]));

export function message(id: number, operation: Buffer, ...rest: readonly Buffer[]): Buffer {
  return tlv(0x30, integer(id), operation, ...rest);
}

export function entryMessage(
  id: number,
  dn: string,
  attributes: readonly (readonly [string, ...(string | Buffer)[]])[] = [],
): Buffer {
  const list = attributes.map(([name, ...values]) =>
    tlv(0x30, octets(name), tlv(0x31, ...values.map(octets))),
  );
  return message(id, tlv(0x64, octets(dn), tlv(0x30, ...list)));
}

export function resultMessage(
  id: number,
  tag: number,
  code: number,
  diagnostic = '',
  ...rest: readonly Buffer[]
): Buffer {
  return message(id, tlv(tag, integer(code, 0x0a), octets(''), octets(diagnostic), ...rest));
}

/** The end of a search; with a cookie it carries the control that says so (RFC 2696). */
export function doneMessage(id: number, code = 0, cookie?: string): Buffer {
  const operation = tlv(0x65, integer(code, 0x0a), octets(''), octets(''));
  if (cookie === undefined) return message(id, operation);
  const value = octets(tlv(0x30, integer(0), octets(cookie)));
  return message(id, operation, tlv(0xa0, tlv(0x30, octets('1.2.840.113556.1.4.319'), value)));
}

export function referenceMessage(id: number, ...urls: readonly string[]): Buffer {
  return message(id, tlv(0x73, ...urls.map(octets)));
}

export const OPERATION = {
  bindRequest: 0x60,
  bindResponse: 0x61,
  searchRequest: 0x63,
  extendedRequest: 0x77,
  extendedResponse: 0x78,
  unbindRequest: 0x42,
};

export interface Request {
  readonly id: number;
  readonly tag: number;
  readonly bytes: Buffer;
}

/** The requests a client has sent; ldapjs never sends one that needs a length of more than two bytes here. */
export function* readRequests(bytes: Buffer): Generator<Request> {
  // Whatever does not start like a message is TLS.
  for (let at = 0; at + 2 <= bytes.length && bytes[at] === 0x30;) {
    const start = headerLength(bytes, at);
    const end = at + start + contentLength(bytes, at);
    if (end > bytes.length) return;
    const idLength = bytes[at + start + 1] ?? 0;
    const idAt = at + start + 2;
    yield {
      id: bytes.readUIntBE(idAt, idLength),
      tag: bytes[idAt + idLength] ?? 0,
      bytes: bytes.subarray(at, end),
    };
    at = end;
  }
}

const headerLength = (bytes: Buffer, at: number): number =>
  (bytes[at + 1] ?? 0) < 0x80 ? 2 : 2 + ((bytes[at + 1] ?? 0) & 0x7f);

function contentLength(bytes: Buffer, at: number): number {
  const first = bytes[at + 1] ?? 0;
  return first < 0x80 ? first : bytes.readUIntBE(at + 2, first & 0x7f);
}

export interface LyingServer extends RawServer {
  readonly requests: readonly Request[];
}

/** Answers every request as it is told to; binds succeed unless `answer` takes them. */
export async function startLyingServer(
  answer: (request: Request, socket: Socket) => void,
  takesBinds = false,
): Promise<LyingServer> {
  const requests: Request[] = [];
  const server = await listen((socket) => {
    socket.on('data', (chunk: Buffer) => {
      for (const request of readRequests(chunk)) {
        requests.push(request);
        if (request.tag === OPERATION.bindRequest && !takesBinds)
          socket.write(resultMessage(request.id, OPERATION.bindResponse, 0));
        else if (request.tag !== OPERATION.unbindRequest) answer(request, socket);
      }
    });
  });
  return { ...server, requests };
}
