import { BER } from '../../lib/directory/wire/ber-cursor.js';

const SEARCH_REQUEST = 0x63;

/** How many search requests (RFC 4511 §4.5.1) are among the messages of a client. */
export function countSearches(sent: Buffer): number {
  let searches = 0;
  for (let at = 0; at < sent.length;) {
    const { start, end } = readLength(sent, at);
    if (sent[at] !== BER.sequence) throw new Error(`No message begins at byte ${at}.`);
    const { end: idEnd } = readLength(sent, start);
    if (sent[idEnd] === SEARCH_REQUEST) searches += 1;
    at = end;
  }
  return searches;
}

/** Where the value of the element begins and ends. */
function readLength(bytes: Buffer, at: number): { readonly start: number; readonly end: number } {
  const first = bytes[at + 1] as number;
  if (first < 0x80) return { start: at + 2, end: at + 2 + first };
  const count = first & 0x7f;
  const start = at + 2 + count;
  return { start, end: start + bytes.readUIntBE(at + 2, count) };
}
