import { MalformedMessageError } from './malformed-message-error.js';

/** The BER tags of LDAP (RFC 4511) that are read or written by hand. */
export const BER = {
  boolean: 0x01,
  integer: 0x02,
  octetString: 0x04,
  enumerated: 0x0a,
  sequence: 0x30,
  set: 0x31,
  controls: 0xa0,
  referral: 0xa3,
  responseValue: 0x8b,
} as const;

const NOTHING = Buffer.alloc(0);

/**
 * The one reader of BER: walks forward through bytes of which the rest may still be on its way. Every length
 * is checked against the end of what encloses it, before the bytes themselves are there. Positions count from
 * the start of `bytes`; `at` beyond the last byte means that what comes next is passed over.
 */
export class BerCursor {
  bytes: Buffer = NOTHING;
  at = 0;
  /** The end of the value that `enter` or `pass` met last. */
  end = 0;
  /** Where the bytes must reach before a call that said "not yet" can be made again. */
  need = 0;

  /** Steps into a value. False: its header has not wholly come, and nothing moved. */
  enter(tag: number, limit: number): boolean {
    const { bytes, at } = this;
    if (at + 2 > limit) throw new MalformedMessageError('a value that is cut off');
    if (at + 2 > bytes.length) return this.waitFor(at + 2);
    if (bytes[at] !== tag) throw toWrongTag(bytes[at] as number, tag);
    let start = at + 2;
    let length = bytes[at + 1] as number;
    if (length >= 0x80) {
      const count = length & 0x7f;
      start += count;
      if (count === 0 || count > 4 || start > limit) throw new MalformedMessageError('a bad length');
      if (start > bytes.length) return this.waitFor(start);
      length = 0;
      for (let index = start - count; index < start; index += 1)
        length = length * 256 + (bytes[index] as number);
    }
    if (start + length > limit) throw new MalformedMessageError('a value that is longer than what holds it');
    this.at = start;
    this.end = start + length;
    return true;
  }

  /** Steps into a value whose bytes have all come; `at` is its start and `end` its end. */
  enterWhole(tag: number, limit: number): boolean {
    const before = this.at;
    if (!this.enter(tag, limit)) return false;
    if (this.end <= this.bytes.length) return true;
    this.at = before;
    return this.waitFor(this.end);
  }

  /** Passes over a value of any tag. For bytes that have all come. */
  pass(limit: number): void {
    this.enter(this.bytes[this.at] ?? 0, limit);
    this.at = this.end;
  }

  /** The value that was entered last, as a view; `at` goes behind it. */
  take(): Buffer {
    const value = this.bytes.subarray(this.at, this.end);
    this.at = this.end;
    return value;
  }

  /** Says how far the bytes must reach; always false, for the caller to return. */
  waitFor(position: number): false {
    this.need = position;
    return false;
  }
}

function toWrongTag(tag: number, wanted: number): MalformedMessageError {
  return new MalformedMessageError(`tag 0x${tag.toString(16)} where 0x${wanted.toString(16)} belongs`);
}
