import { MalformedMessageError } from './malformed-message-error.js';

/** What every response but an entry says (LDAPResult, RFC 4511 §4.1.9). */
export interface ResponseResult {
  /** The protocol operation's tag; only 0x65 ends a search. */
  readonly operation: number;
  readonly resultCode: number;
  readonly diagnosticMessage: string;
  /** Where the server would rather have the client go. */
  readonly referrals: readonly string[];
  /** Where the next page starts (RFC 2696); empty after the last; absent when the server does not page. */
  readonly cookie: Buffer | undefined;
}

export interface DecodedResult {
  readonly result: ResponseResult;
  /**
   * The same message without its controls. ldapjs loops for ever over a list of controls that is longer than its message,
   * and takes a paged control that it cannot read for the last page.
   */
  readonly plainMessage: Buffer;
}

const SEQUENCE = 0x30;
const INTEGER = 0x02;
const BOOLEAN = 0x01;
const OCTET_STRING = 0x04;
const ENUMERATED = 0x0a;
const REFERRAL = 0xa3;
const CONTROLS = 0xa0;
const PAGED_RESULTS_OID = '1.2.840.113556.1.4.319';
const MAX_REFERRALS = 20;

/** Reads one whole message, to its last byte. Throws {@link MalformedMessageError}. */
export function decodeResult(message: Buffer): DecodedResult {
  const content = only(message, SEQUENCE);
  const id = next(content, 0, INTEGER);
  const operation = next(content, id.end);
  const controls =
    operation.end === content.length ? undefined : only(content.subarray(operation.end), CONTROLS);
  return {
    result: { ...decodeOperation(operation), cookie: controls && decodeCookie(controls) },
    plainMessage: controls ? wrap(content.subarray(0, operation.end)) : message,
  };
}

function decodeOperation({ tag, value }: Element): Omit<ResponseResult, 'cookie'> {
  const code = next(value, 0, ENUMERATED);
  if (code.value.length === 0 || code.value.length > 4)
    throw new MalformedMessageError('a result without a code');
  const matchedDN = next(value, code.end, OCTET_STRING);
  const diagnostic = next(value, matchedDN.end, OCTET_STRING);
  const referrals: string[] = [];
  for (const part of elements(value.subarray(diagnostic.end))) {
    if (part.tag !== REFERRAL) continue;
    for (const url of elements(part.value, OCTET_STRING))
      if (referrals.length < MAX_REFERRALS) referrals.push(url.value.toString());
  }
  return {
    operation: tag,
    resultCode: code.value.readIntBE(0, code.value.length),
    diagnosticMessage: diagnostic.value.toString(),
    referrals,
  };
}

function decodeCookie(controls: Buffer): Buffer | undefined {
  let cookie: Buffer | undefined;
  for (const control of elements(controls, SEQUENCE)) {
    const type = next(control.value, 0, OCTET_STRING);
    const parts = elements(control.value.subarray(type.end));
    if (type.value.toString('latin1') !== PAGED_RESULTS_OID) continue;
    const value = parts.find(({ tag }) => tag !== BOOLEAN);
    const page = only(value?.value ?? Buffer.alloc(0), SEQUENCE);
    const [size, found, ...rest] = elements(page);
    if (size?.tag !== INTEGER || found?.tag !== OCTET_STRING || rest.length > 0)
      throw new MalformedMessageError('a page that does not say where it ends');
    // A view would keep the whole chunk of the wire.
    cookie = Buffer.from(found.value);
  }
  return cookie;
}

interface Element {
  readonly tag: number;
  readonly value: Buffer;
  readonly end: number;
}

/** The element at `at`, of any kind or of one. */
function next(bytes: Buffer, at: number, wanted?: number): Element {
  const tag = bytes[at];
  let length = bytes[at + 1];
  if (tag === undefined || length === undefined || (wanted !== undefined && tag !== wanted)) {
    throw new MalformedMessageError(
      `tag 0x${(tag ?? 0).toString(16)} where ${wanted === undefined ? 'something' : `0x${wanted.toString(16)}`} belongs`,
    );
  }
  let start = at + 2;
  if (length >= 0x80) {
    const count = length & 0x7f;
    if (count === 0 || count > 4 || start + count > bytes.length)
      throw new MalformedMessageError('a bad length');
    length = bytes.readUIntBE(start, count);
    start += count;
  }
  if (start + length > bytes.length)
    throw new MalformedMessageError('a value that is longer than what holds it');
  return { tag, value: bytes.subarray(start, start + length), end: start + length };
}

function elements(bytes: Buffer, wanted?: number): Element[] {
  const found: Element[] = [];
  for (let at = 0; at < bytes.length; at = found.at(-1)?.end ?? bytes.length)
    found.push(next(bytes, at, wanted));
  return found;
}

/** The value of what must be the only element. */
function only(bytes: Buffer, wanted: number): Buffer {
  const { value, end } = next(bytes, 0, wanted);
  if (end !== bytes.length) throw new MalformedMessageError('bytes behind the end of a message');
  return value;
}

function wrap(content: Buffer): Buffer {
  const header = Buffer.from([SEQUENCE, 0x84, 0, 0, 0, 0]);
  header.writeUInt32BE(content.length, 2);
  return Buffer.concat([header, content]);
}
