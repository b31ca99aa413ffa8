import mongoose from 'mongoose';
import { listen, type RawServer } from './tcp-proxy.js';

const { BSON } = mongoose.mongo;
type Document = Record<string, unknown>;

/** Answers a command. The driver asks for `ismaster` and `hello`; both are called hello here. */
export type Answer = (name: string, command: Document) => Document | Promise<Document>;

const HEADER_BYTES = 16;
const OP_QUERY = 2004;
const OP_MSG = 2013;

/** What all answers to hello have that the driver accepts. */
export const HELLO = { ok: 1, minWireVersion: 0, maxWireVersion: 21, maxBsonObjectSize: 16_777_216 } as const;
export const STANDALONE = { ...HELLO, isWritablePrimary: true, ismaster: true } as const;
/** Started with `--replSet`, and not initiated. */
export const UNINITIATED = { ...HELLO, isreplicaset: true, isWritablePrimary: false } as const;

/** A server that speaks as much of MongoDB's protocol as a greeting needs, and says of itself what it is told. */
export function startFakeMongod(answer: Answer, port = 0): Promise<RawServer> {
  return listen((socket) => {
    let received = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      while (received.length >= HEADER_BYTES && received.length >= received.readInt32LE(0)) {
        const message = received.subarray(0, received.readInt32LE(0));
        received = received.subarray(message.length);
        const command = toCommand(message);
        const name = Object.keys(command)[0] ?? '';
        const answered = Promise.resolve(answer(name === 'ismaster' ? 'hello' : name, command));
        void answered.then((document) => socket.write(toMessage(message, document)));
      }
    });
  }, port);
}

function toCommand(message: Buffer): Document {
  const opCode = message.readInt32LE(12);
  if (opCode === OP_MSG) return BSON.deserialize(message.subarray(HEADER_BYTES + 5));
  if (opCode !== OP_QUERY) throw new Error(`This server does not know the message ${opCode}.`);
  const endOfName = message.indexOf(0, HEADER_BYTES + 4);
  return BSON.deserialize(message.subarray(endOfName + 9));
}

function toMessage(request: Buffer, document: Document): Buffer {
  const body = BSON.serialize(document);
  const head = Buffer.alloc(HEADER_BYTES + 5);
  head.writeInt32LE(head.length + body.length, 0);
  head.writeInt32LE(request.readInt32LE(4), 8);
  head.writeInt32LE(OP_MSG, 12);
  return Buffer.concat([head, body]);
}
