import { appendFileSync } from 'node:fs';
import { HELLO, startFakeMongod, UNINITIATED } from './fake-mongod.js';

/**
 * A mongod that can be started and initiated, and nothing else: `program RECORD CODE …arguments`. Writes what
 * it is told into the file RECORD, one JSON a line. Refuses to be initiated with the error CODE, unless it is 0.
 */
const [, , record = '', code = '0', ...args] = process.argv;
const tell = (what: unknown): void => appendFileSync(record, `${JSON.stringify(what)}\n`);
tell({ pid: process.pid, args });

const port = Number(args[args.indexOf('--port') + 1]);
const address = `127.0.0.1:${port}`;
const member = { ...HELLO, setName: 'rs0', hosts: [address], me: address };
/** A member is no primary at once. */
const states = [
  { ...member, secondary: true, isWritablePrimary: false },
  { ...member, primary: address, isWritablePrimary: true },
];
let isInitiated = false;

await startFakeMongod((name, command) => {
  if (name === 'replSetInitiate') {
    tell({ replSetInitiate: command.replSetInitiate });
    if (code !== '0') return { ok: 0, code: Number(code), errmsg: 'no' };
    isInitiated = true;
    return { ok: 1 };
  }
  if (name !== 'hello') return { ok: 1 };
  if (!isInitiated) return UNINITIATED;
  return (states.length > 1 ? states.shift() : states[0]) ?? {};
}, port);
