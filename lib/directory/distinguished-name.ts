import { decodeHexValue } from './hex-value.js';

/** Attribute types that have several names (RFC 4519, RFC 4512 §2.5), by all but the first. */
const TYPE_NAMES: ReadonlyMap<string, string> = new Map(
  [
    ['cn', 'commonname', '2.5.4.3'],
    ['sn', 'surname', '2.5.4.4'],
    ['c', 'countryname', '2.5.4.6'],
    ['l', 'localityname', '2.5.4.7'],
    ['st', 'stateorprovincename', '2.5.4.8'],
    ['street', 'streetaddress', '2.5.4.9'],
    ['o', 'organizationname', '2.5.4.10'],
    ['ou', 'organizationalunitname', '2.5.4.11'],
    ['uid', 'userid', '0.9.2342.19200300.100.1.1'],
    ['dc', 'domaincomponent', '0.9.2342.19200300.100.1.25'],
    ['mail', 'rfc822mailbox', '0.9.2342.19200300.100.1.3'],
  ].flatMap(([first = '', ...others]) => others.map((other) => [other, first] as const)),
);

const TYPE = /^(?:[a-z][a-z0-9-]*|\d+(?:\.\d+)*)$/;
/** Written as almost all are: nothing of it has another spelling but its case. */
const PLAIN = /^(?:cn|uid|ou|dc|o)=[\w.@-]+(?: [\w.@-]+)*(?:,(?:cn|uid|ou|dc|o)=[\w.@-]+(?: [\w.@-]+)*)*$/;
const HEX_PAIR = /^[0-9a-fA-F]{2}$/;
/** The optional UID of a `uniqueMember` (RFC 4517 §3.3.21). */
const OPTIONAL_UID = /#'[01]*'B\s*$/;
const MAX_LENGTH = 65_536;

/**
 * A DN in a form in which its spellings are the same text: case, spaces, escapes (RFC 4514, and what RFC 2253
 * and RFC 1779 allowed), names of attribute types, the order of a multi-valued RDN. `undefined`: the text is
 * no DN, or the empty one. Values are compared as most directories do (`caseIgnoreMatch`): two that differ in
 * case only are one.
 */
export function toCanonicalDN(text: string): string | undefined {
  const lower = text.toLowerCase();
  if (PLAIN.test(lower)) return lower;
  if (text.length > MAX_LENGTH) return undefined;
  const cursor = { source: text.replace(OPTIONAL_UID, ''), at: 0 };
  const rdns: string[] = [];
  let parts: string[] = [];
  for (;;) {
    const part = readPart(cursor);
    if (part === undefined) return undefined;
    parts.push(part);
    const separator = cursor.source[cursor.at];
    cursor.at += 1;
    if (separator === '+') continue;
    rdns.push(parts.sort().join('+'));
    parts = [];
    if (separator === undefined) return rdns.join(',');
    if (separator !== ',' && separator !== ';') return undefined;
  }
}

interface Cursor {
  readonly source: string;
  at: number;
}

/** One `type=value`, up to what separates it from the next. */
function readPart(cursor: Cursor): string | undefined {
  const equalsAt = cursor.source.indexOf('=', cursor.at);
  if (equalsAt < 0) return undefined;
  const type = cursor.source
    .slice(cursor.at, equalsAt)
    .trim()
    .toLowerCase()
    .replace(/^oid\./, '');
  if (!TYPE.test(type)) return undefined;
  cursor.at = equalsAt + 1;
  skipSpace(cursor);
  const value = cursor.source[cursor.at] === '"' ? readQuoted(cursor) : readPlain(cursor);
  return value === undefined ? undefined : `${TYPE_NAMES.get(type) ?? type}=${toComparable(value)}`;
}

function readQuoted(cursor: Cursor): string | undefined {
  const bytes: Buffer[] = [];
  cursor.at += 1;
  for (;;) {
    const character = cursor.source[cursor.at];
    if (character === undefined) return undefined;
    if (character === '"') break;
    if (!readCharacter(cursor, bytes)) return undefined;
  }
  cursor.at += 1;
  skipSpace(cursor);
  return Buffer.concat(bytes).toString('utf8');
}

function readPlain(cursor: Cursor): string | undefined {
  const start = cursor.at;
  const bytes: Buffer[] = [];
  /** How many of the parts there are up to the last that is no blank, unless it is escaped. */
  let kept = 0;
  for (;;) {
    const character = cursor.source[cursor.at];
    if (character === undefined || ',;+'.includes(character)) break;
    if (!readCharacter(cursor, bytes)) return undefined;
    if (character !== ' ') kept = bytes.length;
  }
  if (cursor.source[start] === '#') return decodeHexValue(cursor.source.slice(start + 1, cursor.at).trim());
  return Buffer.concat(bytes.slice(0, kept)).toString('utf8');
}

/** One character, or what stands for one behind a backslash. */
function readCharacter(cursor: Cursor, bytes: Buffer[]): boolean {
  const { source, at } = cursor;
  if (source[at] !== '\\') {
    const character = String.fromCodePoint(source.codePointAt(at) as number);
    bytes.push(Buffer.from(character));
    cursor.at += character.length;
    return true;
  }
  const pair = source.slice(at + 1, at + 3);
  if (HEX_PAIR.test(pair)) {
    bytes.push(Buffer.from(pair, 'hex'));
    cursor.at += 3;
    return true;
  }
  const escaped = source[at + 1];
  if (escaped === undefined) return false;
  bytes.push(Buffer.from(escaped));
  cursor.at += 2;
  return true;
}

function skipSpace(cursor: Cursor): void {
  while (cursor.source[cursor.at] === ' ') cursor.at += 1;
}

/**
 * Nearly as `caseIgnoreMatch` prepares a text (RFC 4518), with what separates the parts of a DN escaped.
 * Characters that only look alike stay different: whoever may choose their own name must not become somebody
 * else.
 */
function toComparable(value: string): string {
  return value
    .normalize('NFC')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\,+=]/g, String.raw`\$&`);
}
