import { BER, type BerCursor } from './ber-cursor.js';
import type { DirectoryEntry } from '../directory.js';
import { GrowingEntry } from './growing-entry.js';
import { LIMITS } from './limits.js';
import { assertDNSize } from './message-checks.js';
import { OPERATION } from './operations.js';
import type { WantedAttributes } from './wanted-attributes.js';

/** A shorter value is waited for; a longer one is put together as it comes. */
const SHORT_VALUE_BYTES = 4_096;

/**
 * Reads a SearchResultEntry as its bytes come. An attribute that was not asked for is skipped by its length:
 * no object is made of it, and it is never in memory as a whole.
 */
export interface EntryReader {
  /** Steps into the entry at the cursor. False: too little has come, and nothing moved. */
  begin(messageEnd: number): boolean;
  /** Reads on. True: the entry has been handed on. False: more bytes are needed. */
  advance(): boolean;
  /** The cursor's bytes begin so much later from now on. */
  shift(by: number): void;
}

export interface EntryReaderOptions {
  readonly cursor: BerCursor;
  wanted(): WantedAttributes;
  /** `cost`: the bytes that the entry keeps in memory. */
  entry(entry: DirectoryEntry, cost: number): void;
}

export function createEntryReader({ cursor, wanted, entry: handOn }: EntryReaderOptions): EntryReader {
  let entry: GrowingEntry | undefined;
  let attributes = wanted();
  let listEnd = 0;
  let attributeEnd = 0;
  let setEnd = 0;
  /** A long value of which a part has come. */
  let long: { readonly bytes: Buffer; filled: number } | undefined;

  function begin(messageEnd: number): boolean {
    const { at: start } = cursor;
    if (!cursor.enter(OPERATION.entry, messageEnd)) return false;
    const { end: entryEnd } = cursor;
    if (!enterDN(entryEnd)) return goBack(start);
    const dn = cursor.take().toString('utf8');
    if (!cursor.enter(BER.sequence, entryEnd)) return goBack(start);
    listEnd = cursor.end;
    attributes = wanted();
    entry = new GrowingEntry(dn, messageEnd <= cursor.bytes.length ? messageEnd - start : 0);
    return true;
  }

  function enterDN(entryEnd: number): boolean {
    const { at } = cursor;
    if (!cursor.enter(BER.octetString, entryEnd)) return false;
    assertDNSize(cursor.end - cursor.at);
    cursor.at = at;
    return cursor.enterWhole(BER.octetString, entryEnd);
  }

  /** Steps into the values of the next attribute, or passes over it. */
  function readName(into: GrowingEntry): boolean {
    const { at: start } = cursor;
    if (!cursor.enter(BER.sequence, listEnd)) return false;
    const { end } = cursor;
    if (!cursor.enter(BER.octetString, end)) return goBack(start);
    const { at: nameStart, end: nameEnd, bytes } = cursor;
    if (nameEnd - nameStart > LIMITS.nameBytes) return skipTo(end);
    if (nameEnd > bytes.length) return goBack(start, nameEnd);
    const recognised = attributes.recognise(bytes, nameStart, nameEnd);
    if (!recognised) return skipTo(end);
    cursor.at = nameEnd;
    if (!cursor.enter(BER.set, end)) return goBack(start);
    if (!into.open(recognised) || recognised.isNameOnly) return skipTo(end);
    attributeEnd = end;
    setEnd = cursor.end;
    return true;
  }

  function readValues(into: GrowingEntry): boolean {
    while (cursor.at < setEnd) {
      const { at: start } = cursor;
      if (!cursor.enter(BER.octetString, setEnd)) return false;
      const { at, end, bytes } = cursor;
      if (!into.hasRoom(end - at)) cursor.at = end;
      else if (end <= bytes.length) into.keep(cursor.take());
      else if (end - at > SHORT_VALUE_BYTES) {
        long = { bytes: Buffer.allocUnsafeSlow(end - at), filled: 0 };
        return readLong(into, long);
      } else return goBack(start, end);
      if (into.isSliceFull()) handOnSlice(into);
    }
    return true;
  }

  function readLong(into: GrowingEntry, value: NonNullable<typeof long>): boolean {
    const copied = cursor.bytes.copy(value.bytes, value.filled, cursor.at);
    value.filled += copied;
    cursor.at += copied;
    if (value.filled < value.bytes.length) return false;
    long = undefined;
    into.keepOwn(value.bytes);
    return true;
  }

  function handOnSlice(from: GrowingEntry): void {
    const { piece, cost } = from.takeSlice();
    handOn(piece, cost);
  }

  function skipTo(end: number): true {
    cursor.at = end;
    return true;
  }

  function goBack(to: number, need = cursor.need): false {
    cursor.at = to;
    return cursor.waitFor(need);
  }

  return {
    begin,
    advance() {
      if (!entry) return true;
      if (long && !readLong(entry, long)) return false;
      for (;;) {
        if (cursor.at < setEnd && !readValues(entry)) return false;
        if (cursor.at < attributeEnd) cursor.at = attributeEnd;
        if (cursor.at >= listEnd) break;
        if (!readName(entry)) return false;
      }
      const finished = entry;
      entry = undefined;
      attributeEnd = setEnd = listEnd = 0;
      handOn(finished.finish(), finished.cost());
      return true;
    },
    shift(by) {
      listEnd -= by;
      attributeEnd -= by;
      setEnd -= by;
    },
  };
}
