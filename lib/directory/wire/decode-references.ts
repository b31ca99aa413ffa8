import { BER, type BerCursor } from './ber-cursor.js';
import { LIMITS } from './limits.js';
import { OPERATION } from './operations.js';

/**
 * The first references (RFC 4511 §4.5.3) at the cursor, as far as they have come; where the others lead is
 * not needed.
 */
export function decodeReferences(cursor: BerCursor, messageEnd: number): readonly Buffer[] {
  const urls: Buffer[] = [];
  if (!cursor.enter(OPERATION.reference, messageEnd)) return urls;
  const { end } = cursor;
  while (cursor.at < end && urls.length < LIMITS.urlsOfReference) {
    if (!cursor.enterWhole(BER.octetString, end)) break;
    urls.push(Buffer.from(cursor.take().subarray(0, LIMITS.textBytes)));
  }
  return urls;
}
