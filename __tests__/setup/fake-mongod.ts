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
  if (opCode === OP_MSG) return toSections(message.subarray(HEADER_BYTES + 4));
  if (opCode !== OP_QUERY) throw new Error(`This server does not know the message ${opCode}.`);
  const endOfName = message.indexOf(0, HEADER_BYTES + 4);
  return BSON.deserialize(message.subarray(endOfName + 9));
}

/** A command, and lists that stand beside it: documents that are written come so. */
function toSections(bytes: Buffer): Document {
  const command: Document = {};
  for (let at = 0; at < bytes.length;) {
    const size = bytes.readInt32LE(at + 1);
    const section = bytes.subarray(at + 1, at + 1 + size);
    if (bytes[at] === 0) Object.assign(command, BSON.deserialize(section));
    else Object.assign(command, toList(section));
    at += 1 + size;
  }
  return command;
}

function toList(section: Buffer): Document {
  const endOfName = section.indexOf(0, 4);
  const documents: Document[] = [];
  for (let at = endOfName + 1; at < section.length; at += section.readInt32LE(at))
    documents.push(BSON.deserialize(section.subarray(at, at + section.readInt32LE(at))));
  return { [section.toString('utf8', 4, endOfName)]: documents };
}

function toMessage(request: Buffer, document: Document): Buffer {
  const body = BSON.serialize(document);
  const head = Buffer.alloc(HEADER_BYTES + 5);
  head.writeInt32LE(head.length + body.length, 0);
  head.writeInt32LE(request.readInt32LE(4), 8);
  head.writeInt32LE(OP_MSG, 12);
  return Buffer.concat([head, body]);
}
