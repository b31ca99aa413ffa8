import { BER, BerCursor } from './ber-cursor.js';
import { LIMITS } from './limits.js';
import { MalformedMessageError } from './malformed-message-error.js';

/** The content of every response but an entry (LDAPResult, RFC 4511 §4.1.9). Its texts are raw. */
export interface DecodedResult {
  /** The protocol operation's tag; only 0x65 ends a search. */
  readonly operation: number;
  readonly resultCode: number;
  /** The beginning of it. */
  readonly diagnostic: Buffer;
  /** The beginnings of the first ones. */
  readonly referrals: readonly Buffer[];
  /** The beginning of what an extended response holds (RFC 4511 §4.12). */
  readonly value: Buffer | undefined;
  /** Where the next page starts (RFC 2696); empty after the last; absent when the server does not page. */
  readonly cookie: Buffer | undefined;
  /**
   * A message with the id, the operation and the code alone. ldapjs loops for ever over a list of controls
   * that is longer than its message, takes a paged control that it cannot read for the last page, and puts
   * the server's words into its errors.
   */
  readonly plainMessage: Buffer;
}

const PAGED_RESULTS_OID = Buffer.from('1.2.840.113556.1.4.319');
const EMPTY_TEXTS = Buffer.from([BER.octetString, 0, BER.octetString, 0]);
const MAX_ID_BYTES = 8;
const MAX_CODE_BYTES = 4;

/** Reads one whole message, to its last byte. Throws {@link MalformedMessageError}. */
export function decodeResult(message: Buffer): DecodedResult {
  const cursor = new BerCursor();
  cursor.bytes = message;
  cursor.enter(BER.sequence, message.length);
  const { end } = cursor;
  assertEnd(end, message.length);
  cursor.enter(BER.integer, end);
  const id = cursor.take();
  if (id.length === 0 || id.length > MAX_ID_BYTES) throw new MalformedMessageError('a message without an id');
  const operation = message[cursor.at] ?? 0;
  cursor.enter(operation, end);
  const { end: operationEnd } = cursor;
  cursor.enter(BER.enumerated, operationEnd);
  const code = cursor.take();
  if (code.length === 0 || code.length > MAX_CODE_BYTES)
    throw new MalformedMessageError('a result without a code');
  // The matched DN is nothing that anybody is told.
  cursor.enter(BER.octetString, operationEnd);
  cursor.take();
  cursor.enter(BER.octetString, operationEnd);
  const diagnostic = toBeginning(cursor.take());
  const { referrals, value } = decodeRest(cursor, operationEnd);
  return {
    operation,
    resultCode: code.readIntBE(0, code.length),
    diagnostic,
    referrals,
    value,
    cookie: cursor.at === end ? undefined : decodeCookie(cursor, end),
    plainMessage: tlv(
      BER.sequence,
      tlv(BER.integer, id),
      tlv(operation, tlv(BER.enumerated, code), EMPTY_TEXTS),
    ),
  };
}

function decodeRest(cursor: BerCursor, operationEnd: number): Pick<DecodedResult, 'referrals' | 'value'> {
  const found: Buffer[] = [];
  let value: Buffer | undefined;
  while (cursor.at < operationEnd) {
    if (cursor.bytes[cursor.at] === BER.responseValue) {
      cursor.enter(BER.responseValue, operationEnd);
      value = toBeginning(cursor.take());
      continue;
    }
    if (cursor.bytes[cursor.at] !== BER.referral) {
      cursor.pass(operationEnd);
      continue;
    }
    cursor.enter(BER.referral, operationEnd);
    const { end } = cursor;
    while (cursor.at < end) {
      cursor.enter(BER.octetString, end);
      if (found.length < LIMITS.urlsOfReference) found.push(toBeginning(cursor.take()));
      else cursor.at = cursor.end;
    }
  }
  return { referrals: found, value };
}

function decodeCookie(cursor: BerCursor, messageEnd: number): Buffer | undefined {
  cursor.enter(BER.controls, messageEnd);
  assertEnd(cursor.end, messageEnd);
  let cookie: Buffer | undefined;
  for (let count = 1; cursor.at < messageEnd; count += 1) {
    if (count > LIMITS.controls) throw new MalformedMessageError(`more than ${LIMITS.controls} controls`);
    cursor.enter(BER.sequence, messageEnd);
    const { end } = cursor;
    cursor.enter(BER.octetString, end);
    if (cursor.take().equals(PAGED_RESULTS_OID)) cookie = decodePage(cursor, end);
    while (cursor.at < end) cursor.pass(end);
  }
  return cookie;
}

function decodePage(cursor: BerCursor, controlEnd: number): Buffer {
  if (cursor.bytes[cursor.at] === BER.boolean) cursor.pass(controlEnd);
  cursor.enter(BER.octetString, controlEnd);
  const { end } = cursor;
  cursor.enter(BER.sequence, end);
  assertEnd(cursor.end, end);
  cursor.enter(BER.integer, end);
  cursor.take();
  cursor.enter(BER.octetString, end);
  // A view would keep the whole chunk of the wire.
  const cookie = Buffer.from(cursor.take());
  assertEnd(cursor.at, end);
  return cookie;
}

function toBeginning(text: Buffer): Buffer {
  return Buffer.from(text.subarray(0, LIMITS.textBytes));
}

function assertEnd(end: number, wanted: number): void {
  if (end !== wanted) throw new MalformedMessageError('bytes behind the end of a message');
}

/** For what is shorter than 128 bytes. */
function tlv(tag: number, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  return Buffer.concat([Buffer.from([tag, body.length]), body]);
}
