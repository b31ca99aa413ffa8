import { createMessageDecoder, OPERATION } from './decode-message.js';
import { decodeResult, type ResponseResult } from './decode-result.js';
import type { DirectoryEntry } from './directory.js';
import { MalformedMessageError } from './malformed-message-error.js';
import { toMessageLength } from './message-length.js';

/** No entry of a directory is near this; whatever claims to be is not kept in memory. */
export const MAX_MESSAGE_BYTES = 64 * 1024 * 1024;
/** So much of one message is a sign of life on a slow line. */
const LIFE_SIGN_BYTES = 256 * 1024;

/** Who is told what the server sent. None of these may throw. */
export interface MessageSink {
  /** A whole message came, or much of a large one. Bytes that drip in are no sign of life. */
  alive(): void;
  entry(entry: DirectoryEntry, bytes: number): void;
  reference(urls: readonly string[]): void;
  /** Before the same message is passed on. */
  result(result: ResponseResult): void;
  failed(error: Error): void;
}

/**
 * Reads LDAP from the wire: takes entries, references and intermediate responses out of the stream, and passes every other
 * message on, one at a time. This spares what costs ldapjs half of its time, keeps DNs as they were sent, and cannot be
 * stopped by a DN that ldapjs does not understand.
 */
export function createMessageReader(
  sink: MessageSink,
  passOn: (message: Buffer) => void,
): (chunk: Buffer) => void {
  const decoder = createMessageDecoder();
  let waiting: Buffer[] = [];
  let have = 0;
  let need = 0;
  let unheardBytes = 0;
  let hasFailed = false;

  function keep(rest: Buffer, wanted: number): void {
    waiting = rest.length > 0 ? [rest] : [];
    have = rest.length;
    need = wanted;
  }

  function read(bytes: Buffer): void {
    let at = 0;
    while (at < bytes.length) {
      const length = toMessageLength(bytes, at);
      if (length > MAX_MESSAGE_BYTES) throw new MalformedMessageError(`a message of ${length} bytes`);
      if (length === 0 || at + length > bytes.length) {
        return keep(bytes.subarray(at), length === 0 ? bytes.length - at + 1 : length);
      }
      sink.alive();
      unheardBytes = 0;
      take(bytes, at, at + length);
      at += length;
    }
    keep(bytes.subarray(at), 0);
  }

  function take(bytes: Buffer, start: number, end: number): void {
    switch (decoder.open(bytes, start, end)) {
      case OPERATION.entry:
        return sink.entry(decoder.entry(), end - start);
      case OPERATION.reference:
        return sink.reference(decoder.references());
      case OPERATION.intermediate:
        return;
      default: {
        const { result, plainMessage } = decodeResult(bytes.subarray(start, end));
        sink.result(result);
        passOn(plainMessage);
      }
    }
  }

  return (chunk) => {
    if (hasFailed) return;
    try {
      if (need === 0) return read(chunk);
      unheardBytes += chunk.length;
      if (unheardBytes >= LIFE_SIGN_BYTES) {
        unheardBytes = 0;
        sink.alive();
      }
      waiting.push(chunk);
      have += chunk.length;
      if (have >= need) read(Buffer.concat(waiting, have));
    } catch (error) {
      hasFailed = true;
      keep(Buffer.alloc(0), 0);
      sink.failed(error instanceof Error ? error : new MalformedMessageError('unreadable bytes'));
    }
  };
}
