import { isAttributeName } from '../filter/search-filter.js';
import { isSecretAttribute } from '../secret-attributes.js';

/** How a wanted attribute was spelt by the server. */
export interface RecognisedName {
  readonly name: string;
  /** Lower case. */
  readonly key: string;
  /** False for a form with options that were not asked for (`mail;lang-en`, `member;range=0-1499`). */
  readonly isExact: boolean;
  readonly isSliced: boolean;
  /** Its values are passed over. */
  readonly isNameOnly?: true;
}

/**
 * The attributes of a search, compared with names on the wire without making a string of what is not among
 * them.
 */
export interface WantedAttributes {
  /** As they are asked for: never one that holds a secret, and a wildcard only where no value is wanted. */
  readonly names: readonly string[];
  /** Whether `bytes` from `start` to `end` name one of them, in any case and with any further options. */
  recognise(bytes: Buffer, start: number, end: number): RecognisedName | undefined;
}

interface Wanted {
  readonly lowerCase: Buffer;
  readonly isSliced: boolean;
  /** The spelling that came last: a server has one for each name, and many entries. */
  spelt: Buffer;
  recognised: RecognisedName;
}

const SEMICOLON = 0x3b;

export function createWantedAttributes(
  attributes: readonly string[],
  sliced: readonly string[] = [],
): WantedAttributes {
  const names = attributes.filter((name) => isWantable(withoutRange(name)));
  const slicedKeys = new Set(sliced.map((name) => name.toLowerCase()));
  const byKey = new Map<string, Wanted>();
  for (const name of names.map(withoutRange)) {
    const key = name.toLowerCase();
    const isSliced = slicedKeys.has(key);
    byKey.set(key, {
      lowerCase: Buffer.from(key, 'latin1'),
      isSliced,
      spelt: Buffer.from(name, 'latin1'),
      recognised: { name, key, isExact: true, isSliced },
    });
  }
  const wanted = [...byKey.values()];
  /** Servers send the attributes of every entry in the same order. */
  let next = 0;

  return {
    names,
    recognise(bytes, start, end) {
      let general: Wanted | undefined;
      for (let tried = 0; tried < wanted.length; tried += 1) {
        const index = next + tried < wanted.length ? next + tried : next + tried - wanted.length;
        const one = wanted[index] as Wanted;
        const rest = end - start - one.lowerCase.length;
        if (rest < 0 || (rest > 0 && bytes[end - rest] !== SEMICOLON)) continue;
        if (!isSameInLowerCase(one.lowerCase, bytes, start)) continue;
        if (rest > 0) {
          general = one;
          continue;
        }
        next = index + 1 < wanted.length ? index + 1 : 0;
        if (!isSame(one.spelt, bytes, start)) respell(one, bytes.subarray(start, end));
        return one.recognised;
      }
      return (
        general && { ...toNames(bytes.subarray(start, end)), isExact: false, isSliced: general.isSliced }
      );
    },
  };
}

/** A part of the values, by their numbers (Active Directory): the answer has the numbers of what is there. */
const RANGE = /;range=\d+-(?:\d+|\*)$/i;

function withoutRange(name: string): string {
  return name.replace(RANGE, '');
}

function isWantable(name: string): boolean {
  return isAttributeName(name) && !isSecretAttribute(name);
}

/** Different names that are told of; a server may make up as many as it likes. */
const MAX_NAMES = 1_000;
/** All that people may write, and all that the server keeps itself (RFC 3673). */
const WILDCARDS = ['*', '+'];

/** The names of all attributes, without their values. Those that are named here may not be among the others. */
export function createWantedNames(attributes: readonly string[]): WantedAttributes {
  const known = new Map<string, RecognisedName>();
  return {
    names: [...WILDCARDS, ...createWantedAttributes(attributes).names],
    recognise(bytes, start, end) {
      const names = toNames(bytes.subarray(start, end));
      const found = known.get(names.name);
      if (found || known.size >= MAX_NAMES) return found;
      if (!isAttributeName(names.name) || isSecretAttribute(names.name)) return undefined;
      const recognised = { ...names, isExact: true, isSliced: false, isNameOnly: true } as const;
      known.set(names.name, recognised);
      return recognised;
    },
  };
}

/** Nothing is searched for. */
export const NOTHING_WANTED = createWantedAttributes([]);

function respell(wanted: Wanted, bytes: Buffer): void {
  wanted.spelt = Buffer.from(bytes);
  wanted.recognised = { ...wanted.recognised, ...toNames(bytes) };
}

function toNames(bytes: Buffer): { name: string; key: string } {
  const name = bytes.toString('latin1');
  return { name, key: name.toLowerCase() };
}

function isSame(spelt: Buffer, bytes: Buffer, start: number): boolean {
  for (let index = 0; index < spelt.length; index += 1) {
    if (spelt[index] !== bytes[start + index]) return false;
  }
  return true;
}

function isSameInLowerCase(lowerCase: Buffer, bytes: Buffer, start: number): boolean {
  for (let index = 0; index < lowerCase.length; index += 1) {
    const byte = bytes[start + index] as number;
    if ((byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte) !== lowerCase[index]) return false;
  }
  return true;
}
