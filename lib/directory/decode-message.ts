import { MAX_VALUE_BYTES, type DirectoryEntry, type EntryAttribute } from './directory.js';
import { MalformedMessageError } from './malformed-message-error.js';

/** Protocol operations of the messages a client receives. */
export const OPERATION = {
  bindResponse: 0x61,
  entry: 0x64,
  done: 0x65,
  reference: 0x73,
  extendedResponse: 0x78,
  intermediate: 0x79,
} as const;

const SEQUENCE = 0x30;
const SET = 0x31;
const INTEGER = 0x02;
const OCTET_STRING = 0x04;

const MAX_CACHED_NAMES = 2_000;
const MAX_REFERRALS = 20;

/** Reads BER forward in one message. Every read is checked against the end of what encloses it. */
export interface MessageDecoder {
  /** Points at a whole message and gives its operation's tag. */
  open(bytes: Buffer, start: number, end: number): number;
  entry(): DirectoryEntry;
  references(): readonly string[];
}

interface GrowingAttribute extends EntryAttribute {
  readonly values: Buffer[];
  droppedBytes?: number;
}

export function createMessageDecoder(): MessageDecoder {
  /** Server's spelling → lower case; a directory has few attribute names and many entries. */
  const names = new Map<string, string>();
  let bytes: Buffer = Buffer.alloc(0);
  let at = 0;
  /** End of the value that `enter` read last. */
  let end = 0;

  /** Steps into a value with one of two tags, and sets `at` and `end` to it. */
  function enter(tag: number, limit: number): void {
    if (at + 2 > limit || bytes[at] !== tag) {
      throw new MalformedMessageError(
        `tag 0x${(bytes[at] ?? 0).toString(16)} where 0x${tag.toString(16)} belongs`,
      );
    }
    let length = bytes[at + 1] as number;
    at += 2;
    if (length >= 0x80) {
      const count = length & 0x7f;
      if (count === 0 || count > 4 || at + count > limit) throw new MalformedMessageError('a bad length');
      length = bytes.readUIntBE(at, count);
      at += count;
    }
    end = at + length;
    if (end > limit) throw new MalformedMessageError('a value that is longer than what holds it');
  }

  function string(tag: number, limit: number): string {
    enter(tag, limit);
    const text = bytes.toString('utf8', at, end);
    at = end;
    return text;
  }

  function attributeName(limit: number): string {
    enter(OCTET_STRING, limit);
    const name = bytes.toString('latin1', at, end);
    at = end;
    return name;
  }

  function toKey(name: string): string {
    let key = names.get(name);
    if (key === undefined) {
      key = name.toLowerCase();
      if (names.size < MAX_CACHED_NAMES) names.set(name, key);
    }
    return key;
  }

  /** Adds to what is there already: a server may send an attribute in several pieces. */
  function readValues(limit: number, attribute: GrowingAttribute): void {
    enter(SET, limit);
    const setEnd = end;
    while (at < setEnd) {
      enter(OCTET_STRING, setEnd);
      const length = end - at;
      if (length > MAX_VALUE_BYTES) attribute.droppedBytes = Math.max(attribute.droppedBytes ?? 0, length);
      else attribute.values.push(bytes.subarray(at, end));
      at = end;
    }
  }

  return {
    open(message, start, messageEnd) {
      bytes = message;
      at = start;
      enter(SEQUENCE, messageEnd);
      enter(INTEGER, messageEnd);
      at = end;
      end = messageEnd;
      return bytes[at] ?? 0;
    },

    entry() {
      enter(OPERATION.entry, end);
      const entryEnd = end;
      const dn = string(OCTET_STRING, entryEnd);
      const attributes = new Map<string, GrowingAttribute>();
      enter(SEQUENCE, entryEnd);
      const listEnd = end;
      while (at < listEnd) {
        enter(SEQUENCE, listEnd);
        const attributeEnd = end;
        const name = attributeName(attributeEnd);
        const key = toKey(name);
        const known = attributes.get(key);
        const attribute = known ?? { name, values: [] };
        readValues(attributeEnd, attribute);
        at = attributeEnd;
        if (!known) attributes.set(key, attribute);
      }
      return { dn, attributes };
    },

    references() {
      enter(OPERATION.reference, end);
      return strings(end);
    },
  };

  function strings(limit: number): readonly string[] {
    const found: string[] = [];
    while (at < limit && found.length < MAX_REFERRALS) found.push(string(OCTET_STRING, limit));
    return found;
  }
}
