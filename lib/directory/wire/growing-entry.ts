import type { DirectoryEntry, EntryAttribute } from '../directory.js';
import { LIMITS } from './limits.js';
import type { RecognisedName } from './wanted-attributes.js';

interface GrowingAttribute extends EntryAttribute {
  values: Buffer[];
  droppedBytes?: number;
  droppedValues?: number;
}

const NO_ATTRIBUTE: GrowingAttribute = { name: '', values: [] };

/**
 * An entry that is being read, with its limits. A class, since one is made of every entry, and closures cost
 * more.
 */
export class GrowingEntry {
  readonly #dn: string;
  readonly #wholeBytes: number;
  readonly #attributes = new Map<string, GrowingAttribute>();
  #optionForms = 0;
  #keptBytes = 0;
  #sliceBytes = 0;
  #key = '';
  #isSliced = false;
  #attribute = NO_ATTRIBUTE;

  /**
   * `wholeBytes`: the size of the message when all of it is in memory anyway; then its values are views. A
   * view on one of many pieces would keep that piece alive, and the next value the next: of a message in
   * pieces (0), values are copied.
   */
  constructor(dn: string, wholeBytes: number) {
    this.#dn = dn;
    this.#wholeBytes = wholeBytes;
  }

  /**
   * The next values are of this attribute. False for a form with options that was not asked for, when there
   * are too many of those.
   */
  open({ key, name, isExact, isSliced }: RecognisedName): boolean {
    let attribute = this.#attributes.get(key);
    if (!attribute) {
      if (!isExact && (this.#optionForms += 1) > LIMITS.optionForms) return false;
      attribute = { name, values: [] };
      this.#attributes.set(key, attribute);
      this.#keptBytes += LIMITS.valueOverhead;
    }
    this.#attribute = attribute;
    this.#key = key;
    this.#isSliced = isSliced;
    this.#sliceBytes = 0;
    return true;
  }

  /** Whether a value of this length is kept; if not, the attribute says that it is missing. */
  hasRoom(length: number): boolean {
    const attribute = this.#attribute;
    const isTooLong = length > LIMITS.valueBytes;
    const isTooMany = !this.#isSliced && attribute.values.length >= LIMITS.values;
    const isFull = this.#keptBytes + length + LIMITS.valueOverhead > LIMITS.entryBytes;
    if (!isTooLong && !isTooMany && !isFull) return true;
    if (isTooLong || !isTooMany) attribute.droppedBytes = Math.max(attribute.droppedBytes ?? 0, length);
    if (!isTooLong) attribute.droppedValues = (attribute.droppedValues ?? 0) + 1;
    return false;
  }

  /** Keeps a value that is a view on received bytes. */
  keep(view: Buffer): void {
    this.keepOwn(this.#wholeBytes === 0 ? Buffer.from(view) : view);
  }

  /** Keeps a value that has its memory to itself. */
  keepOwn(value: Buffer): void {
    this.#attribute.values.push(value);
    const cost = value.length + LIMITS.valueOverhead;
    this.#keptBytes += cost;
    this.#sliceBytes += cost;
  }

  isSliceFull(): boolean {
    if (!this.#isSliced) return false;
    return this.#attribute.values.length >= LIMITS.sliceValues || this.#sliceBytes >= LIMITS.sliceBytes;
  }

  /** The values of the sliced attribute so far; it goes on with none. */
  takeSlice(): { readonly piece: DirectoryEntry; readonly cost: number } {
    const { name, values } = this.#attribute;
    const cost = this.#sliceBytes + this.#dn.length + LIMITS.entryOverhead;
    this.#attribute.values = [];
    this.#keptBytes -= this.#sliceBytes;
    this.#sliceBytes = 0;
    return {
      piece: { dn: this.#dn, attributes: new Map([[this.#key, { name, values }]]), isPiece: true },
      cost,
    };
  }

  finish(): DirectoryEntry {
    return { dn: this.#dn, attributes: this.#attributes };
  }

  /** The bytes that the entry keeps in memory. */
  cost(): number {
    return Math.max(this.#keptBytes, this.#wholeBytes) + this.#dn.length + LIMITS.entryOverhead;
  }
}
