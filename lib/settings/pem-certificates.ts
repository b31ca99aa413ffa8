import { X509Certificate } from 'node:crypto';

const MARK = '-----';
const BEGIN = 'BEGIN ';
const END = 'END ';
/** What OpenSSL and its kin call a certificate. */
const LABELS = new Set(['CERTIFICATE', 'X509 CERTIFICATE', 'TRUSTED CERTIFICATE']);
const LINE = 64;
/** The longest text that may stand between the dashes, a little more than any label. */
const MAX_LABEL = 40;
/** Word processors join dashes. Bounded, so that no run of dashes is looked through again and again. */
const DASHES_BEFORE = /[-\u2010-\u2015\u2212]{2,12}(?=(?:BEGIN|END) )/g;
const DASHES_AFTER = /(?<=CERTIFICATE)[-\u2010-\u2015\u2212]{2,12}/g;
const DER_BEGINNING = /^MI[A-P][A-Za-z0-9+/]/;

/**
 * The certificates of a text, each as a clean PEM block. People paste them with `\n` as two characters, from
 * quoted, indented, URL-encoded or one-line texts, with other things around them, or without their first and
 * last line.
 */
export function toPemBlocks(text: string): readonly string[] {
  const plain = toPlain(text);
  const bodies = plain.includes(MARK) ? findBodies(plain) : [toBase64(plain)].filter(isBareDer);
  return bodies.map(toPem);
}

export function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}

/**
 * The base64 between the marks of certificates; blocks of another kind are passed over. By hand: a regular
 * expression looks for each end again, to the end of the text.
 */
function findBodies(text: string): readonly string[] {
  const bodies: string[] = [];
  let bodyAt: number | undefined;
  for (let at = text.indexOf(MARK); at !== -1; at = text.indexOf(MARK, at)) {
    const labelAt = skipDashes(text, at);
    const labelEnd = text.indexOf(MARK, labelAt);
    if (labelEnd === -1) break;
    if (labelEnd - labelAt > MAX_LABEL) {
      at = labelEnd;
      continue;
    }
    const label = text.slice(labelAt, labelEnd).replace(/\s+/g, ' ').trim();
    const [isBegin, isEnd] = [label.startsWith(BEGIN), label.startsWith(END)];
    if (isEnd && bodyAt !== undefined) bodies.push(toBase64(text.slice(bodyAt, at)));
    if (isBegin || isEnd)
      bodyAt = isBegin && LABELS.has(label.slice(BEGIN.length)) ? skipDashes(text, labelEnd) : undefined;
    // The dashes at an end may be those of the next beginning, too.
    at = labelEnd;
  }
  return bodies;
}

function skipDashes(text: string, from: number): number {
  let at = from;
  while (text[at] === '-') at += 1;
  return at;
}

/** Line ends that were written as characters become line ends, and joined dashes dashes. */
function toPlain(text: string): string {
  const decoded = /BEGIN(?:%20|\+)/i.test(text) ? text.replace(/%[0-9a-f]{2}/gi, toCharacter) : text;
  return decoded
    .replace(/\\+[rnt]/g, '\n')
    .replace(/\\\//g, '/')
    .replace(/BEGIN\+(?=[A-Z])/g, BEGIN)
    .replace(/END\+(?=[A-Z])/g, END)
    .replace(DASHES_BEFORE, MARK)
    .replace(DASHES_AFTER, MARK);
}

function toCharacter(escape: string): string {
  return String.fromCharCode(Number.parseInt(escape.slice(1), 16));
}

/** Quotes that join lines in a program take their "+" along, which is a character of base64 elsewhere. */
function toBase64(text: string): string {
  return text.replace(/["'`]\s*\+\s*["'`]/g, '').replace(/[^A-Za-z0-9+/=]/g, '');
}

function isBareDer(base64: string): boolean {
  return DER_BEGINNING.test(base64);
}

function toPem(base64: string): string {
  const lines = base64.match(new RegExp(`.{1,${LINE}}`, 'g')) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----'].join('\n');
}
