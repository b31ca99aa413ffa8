import { BER, BerCursor } from './ber-cursor.js';
import { decodeResult, type DecodedResult } from './decode-result.js';
import type { DirectoryEntry } from '../directory.js';
import { createEntryReader } from './entry-reader.js';
import { LIMITS } from './limits.js';
import { MalformedMessageError } from './malformed-message-error.js';
import { OPERATION } from './operations.js';
import { assertSequence, assertSize } from './message-checks.js';
import { createReceivedBytes } from './received-bytes.js';
import { decodeReferences } from './decode-references.js';
import type { WantedAttributes } from './wanted-attributes.js';

/** So much of one message is a sign of life on a slow line. */
const LIFE_SIGN_BYTES = 256 * 1024;
const MAX_ID_BYTES = 8;

/** Who is told what the server sent. None of these may throw. */
export interface MessageSink {
  /** Asked at the beginning of every entry. */
  wanted(): WantedAttributes;
  /** A whole message came, or much of a large one. Bytes that drip in are no sign of life. */
  alive(): void;
  /** `cost`: the bytes that the entry keeps in memory. */
  entry(entry: DirectoryEntry, cost: number): void;
  reference(urls: readonly Buffer[]): void;
  /** Before the same message is passed on. False: there are too many, and the connection is over. */
  result(result: DecodedResult): boolean;
  failed(error: Error): void;
}

/**
 * Reads LDAP from the wire as it comes: takes entries, references and intermediate responses out of the
 * stream, and passes the gist of every other message on, one at a time. This spares what costs ldapjs half of
 * its time, keeps DNs as they were sent, cannot be stopped by a DN that ldapjs does not understand, and never
 * needs a large entry to be in memory as a whole.
 */
export function createMessageReader(
  sink: MessageSink,
  passOn: (message: Buffer) => void,
): (chunk: Buffer) => void {
  const cursor = new BerCursor();
  const entries = createEntryReader({ cursor, wanted: sink.wanted, entry: handOn });
  const received = createReceivedBytes();
  let stage: 'between' | 'entry' | 'passing' = 'between';
  let messageEnd = 0;
  let unheardBytes = 0;
  /** Received since the last entry, and part of none. */
  let passedBytes = 0;
  let hasFailed = false;

  /** A view in an entry keeps all bytes alive that came in one piece with it. */
  function handOn(entry: DirectoryEntry, cost: number): void {
    sink.entry(entry, cost + Math.min(passedBytes, cursor.bytes.length));
    passedBytes = 0;
  }

  /** Reads what has come, and leaves the cursor where it cannot go on. */
  function read(): void {
    for (;;) {
      if (stage === 'between' && !open()) return;
      if (stage === 'entry' && !entries.advance()) return;
      stage = 'passing';
      cursor.at = messageEnd;
      if (messageEnd > cursor.bytes.length) return;
      sink.alive();
      unheardBytes = 0;
      stage = 'between';
    }
  }

  /** False: too little has come to know what to do with the message, and nothing moved. */
  function open(): boolean {
    const { at: start, bytes } = cursor;
    if (start >= bytes.length) return false;
    assertSequence(bytes[start] as number);
    if (!cursor.enter(BER.sequence, Infinity)) return false;
    messageEnd = cursor.end;
    assertSize(messageEnd - start, LIMITS.messageBytes);
    if (!openOperation(start)) {
      cursor.at = start;
      return false;
    }
    if (stage !== 'entry') passedBytes += messageEnd - start;
    return true;
  }

  function openOperation(start: number): boolean {
    if (!cursor.enter(BER.integer, messageEnd)) return false;
    if (cursor.end - cursor.at > MAX_ID_BYTES) throw new MalformedMessageError('an id that is too long');
    cursor.at = cursor.end;
    if (cursor.at >= messageEnd) throw new MalformedMessageError('a message without an operation');
    const operation = cursor.bytes[cursor.at];
    if (operation === undefined) return cursor.waitFor(cursor.at + 1);
    switch (operation) {
      case OPERATION.entry:
        if (!entries.begin(messageEnd)) return false;
        stage = 'entry';
        return true;
      case OPERATION.reference: {
        const needed = Math.min(messageEnd, start + LIMITS.referenceBytes);
        if (needed > cursor.bytes.length) return cursor.waitFor(needed);
        sink.reference(decodeReferences(cursor, messageEnd));
        return true;
      }
      case OPERATION.intermediate:
        return true;
      default:
        assertSize(messageEnd - start, LIMITS.resultBytes);
        if (messageEnd > cursor.bytes.length) return cursor.waitFor(messageEnd);
        takeResult(cursor.bytes.subarray(start, messageEnd));
        return true;
    }
  }

  function takeResult(message: Buffer): void {
    const result = decodeResult(message);
    if (!sink.result(result)) throw new MalformedMessageError('answers that nobody asked for');
    passOn(result.plainMessage);
  }

  function hear(length: number): void {
    if (stage === 'between' && received.isEmpty()) return;
    unheardBytes += length;
    if (unheardBytes < LIFE_SIGN_BYTES) return;
    unheardBytes = 0;
    sink.alive();
  }

  return (chunk) => {
    if (hasFailed) return;
    try {
      hear(chunk.length);
      const bytes = received.add(chunk);
      if (!bytes) return;
      cursor.bytes = bytes;
      read();
      const gone = received.keepFrom(cursor);
      messageEnd -= gone;
      entries.shift(gone);
    } catch (error) {
      hasFailed = true;
      cursor.bytes = Buffer.alloc(0);
      received.clear();
      sink.failed(error instanceof Error ? error : new MalformedMessageError('unreadable bytes'));
    }
  };
}
