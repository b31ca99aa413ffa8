import { RE2JS } from 're2js';
import { translatePattern } from './translate-pattern.js';

/** One match: where it is, and its groups, the whole of it first. */
export interface PatternMatch {
  readonly start: number;
  readonly end: number;
  readonly groups: readonly (string | undefined)[];
}

/** A pattern of an administrator. The time of a look is linear in the text, whatever the pattern. */
export interface Pattern {
  /** How many steps a look takes at most, by character of the text. */
  readonly size: number;
  /** The flag `g`. */
  readonly isGlobal: boolean;
  readonly groupNames: ReadonlyMap<string, number>;
  /** The first match at or after `from`. */
  find(text: string, from: number): PatternMatch | undefined;
}

type ParsedPattern = { readonly pattern: Pattern } | { readonly fault: string; readonly remedy: string };

const MAX_LENGTH = 500;
const MAX_SIZE = 1_000;
const FLAGS: Readonly<Record<string, number>> = {
  i: RE2JS.CASE_INSENSITIVE,
  m: RE2JS.MULTILINE,
  // What these say is in the translation, or in the way in which the pattern is used.
  g: 0,
  s: 0,
  u: 0,
  d: 0,
};

/** Reads a pattern of JavaScript; `fault` continues a sentence about the pattern. */
export function parsePattern(source: string, flags: string): ParsedPattern {
  if (source.length > MAX_LENGTH)
    return { fault: `has ${source.length} characters`, remedy: `Use at most ${MAX_LENGTH}.` };
  const odd = Array.from(flags).find((flag) => !Object.hasOwn(FLAGS, flag));
  if (odd !== undefined)
    return { fault: `has the flag ${JSON.stringify(odd)}`, remedy: 'Use the flags g, i, m, s and u only.' };
  if (!isJavaScript(source, flags))
    return { fault: 'is no regular expression', remedy: 'Correct it; the backslash is doubled in JSON.' };
  const translated = translatePattern(source, {
    isDotAll: flags.includes('s'),
    isUnicode: flags.includes('u'),
  });
  if ('fault' in translated) return translated;
  return compile(translated.text, flags);
}

/** Only asks for the syntax: nothing is ever matched with it. */
function isJavaScript(source: string, flags: string): boolean {
  try {
    new RegExp(source, flags);
    return true;
  } catch {
    return false;
  }
}

function compile(text: string, flags: string): ParsedPattern {
  try {
    const options = Array.from(flags).reduce((sum, flag) => sum | (FLAGS[flag] ?? 0), 0);
    const compiled = RE2JS.compile(RE2JS.translateRegExp(text), options);
    const size = compiled.programSize();
    if (size > MAX_SIZE) return { fault: 'is too large', remedy: 'Use smaller numbers in {…}.' };
    return { pattern: toPattern(compiled, size, flags.includes('g')) };
  } catch {
    return {
      fault: 'has something that the engine of patterns (RE2) does not know',
      remedy: 'Use what RE2 knows (https://github.com/google/re2/wiki/Syntax); repetitions go up to 1000.',
    };
  }
}

function toPattern(compiled: RE2JS, size: number, isGlobal: boolean): Pattern {
  const groupNames = new Map(Object.entries(compiled.namedGroups()));
  return {
    size,
    isGlobal,
    groupNames,
    find(text, from) {
      const matcher = compiled.matcher(text);
      if (!matcher.find(from)) return undefined;
      const groups = Array.from(
        { length: matcher.groupCount() + 1 },
        (_, index) => matcher.group(index) ?? undefined,
      );
      return { start: matcher.start(), end: matcher.end(), groups };
    },
  };
}
