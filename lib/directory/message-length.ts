import { MalformedMessageError } from './malformed-message-error.js';

const SEQUENCE = 0x30;
const TLS_ALERT = 0x15;
const TLS_HANDSHAKE = 0x16;

/**
 * The length of the message that starts at `at`, its header included; 0 when more bytes are needed to know.
 */
export function toMessageLength(bytes: Buffer, at: number): number {
  if (bytes.length - at < 2) return 0;
  const tag = bytes[at] as number;
  if (tag !== SEQUENCE) {
    throw new MalformedMessageError(
      `a message that starts with byte 0x${tag.toString(16)}`,
      tag === TLS_ALERT || tag === TLS_HANDSHAKE,
    );
  }
  const first = bytes[at + 1] as number;
  if (first < 0x80) return 2 + first;
  const count = first & 0x7f;
  if (count === 0 || count > 4) throw new MalformedMessageError('a message without a definite length');
  if (bytes.length - at < 2 + count) return 0;
  return 2 + count + bytes.readUIntBE(at + 2, count);
}
