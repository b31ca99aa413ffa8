import { toRareReadings } from './rare-readings.js';
import { toReadings } from './text-readings.js';

/** Half of a secret gives it away, unless that is so little that any text may hold it. */
const MIN_PART = 8;
const MAX_PART = 32;
/** Without punctuation a secret is only looked for when enough of it is left. */
const MIN_LETTERS = 6;
/** The most that one text may cost. A text with more readings than this is made to hide something. */
const MAX_READINGS = 1_000;
const LEVELS = 2;
const SENSE = /[\x20-\x7e]{8,}/g;
const BASE64_OFFSETS = [0, 1, 2];

/**
 * Whether bytes give away one of the secrets, wholly or half of it: as it is, with anything put between its
 * characters, in another case, turned around, in look-alike characters, in any encoding of {@link toReadings}, one
 * inside the other too, or in one of {@link toRareReadings}.
 */
export function createSecretDetector(secrets: readonly string[]): (bytes: Buffer) => boolean {
  const loose = secrets.map((secret) => toParts(fold(secret), 1));
  const letters = secrets.flatMap((secret) => [
    toParts(toLetters(fold(secret)), MIN_LETTERS),
    // Base64 in another case cannot be decoded, but still be read.
    ...BASE64_OFFSETS.map((offset) =>
      toParts(toLetters(toBase64Core(secret, offset).toLowerCase()), MIN_PART),
    ),
  ]);

  function isTold(text: string): boolean {
    const folded = fold(text);
    return (
      loose.some((parts) => parts.isIn(folded)) || letters.some((parts) => parts.isIn(toLetters(folded)))
    );
  }

  return (bytes) => {
    if (secrets.length === 0) return false;
    const seen = new Set<string>();
    let level: readonly string[] = [
      bytes.toString('utf8'),
      bytes.toString('latin1'),
      bytes.toString('utf16le'),
      bytes.subarray(1).toString('utf16le'),
    ];
    if (toRareReadings(level[0] as string).some(isTold)) return true;
    for (let depth = 0; ; depth += 1) {
      const fresh = [...new Set(level)].filter((text) => text.length >= MIN_LETTERS && !seen.has(text));
      for (const text of fresh) {
        if (seen.size >= MAX_READINGS || isTold(text)) return true;
        seen.add(text);
      }
      if (depth === LEVELS) return false;
      level = fresh.map(depth === 0 ? String : toPlain).flatMap(toReadings);
    }
  };
}

/** The part of a reading that makes sense; a reading that is nonsense becomes empty. */
function toPlain(text: string): string {
  return (text.match(SENSE) ?? []).join(' ');
}

/** Without accents, case, look-alikes and what cannot be seen. */
function fold(text: string): string {
  return text
    .normalize('NFKD')
    .toUpperCase()
    .toLowerCase()
    .replace(/[\s\p{C}\p{M}\p{Z}\u115f\u1160\u2800\u3164\ufffd]/gu, '');
}

function toLetters(folded: string): string {
  return folded.replace(/[^\p{L}\p{N}]/gu, '');
}

interface Parts {
  isIn(text: string): boolean;
}

/** A needle, or every half of it; nothing at all when the needle is shorter than `minimum`. */
function toParts(needle: string, minimum: number): Parts {
  if (needle.length < minimum) return { isIn: () => false };
  const length = Math.min(MAX_PART, Math.max(MIN_PART, Math.ceil(needle.length / 2)));
  if (needle.length <= length) return { isIn: (text) => text.includes(needle) };
  const parts = new Set<string>();
  for (let at = 0; at + length <= needle.length; at += 1) parts.add(needle.slice(at, at + length));
  return {
    isIn(text) {
      for (let at = 0; at + length <= text.length; at += 1)
        if (parts.has(text.slice(at, at + length))) return true;
      return false;
    },
  };
}

/**
 * The characters of a base64 text that are those of the secret alone, when it stands so many bytes behind a
 * third one.
 */
function toBase64Core(secret: string, offset: number): string {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)]);
  const end = Math.floor((bytes.length * 8) / 6);
  return bytes.toString('base64').slice(Math.ceil((offset * 8) / 6), end);
}
