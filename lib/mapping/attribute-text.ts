import { isUtf8 } from 'node:buffer';
import type { Advice, AdviceCode, AdviceParams } from '../advice.js';
import type { DirectoryEntry, EntryAttribute } from '../directory/directory.js';
import { CLEAN, type TextKind } from './clean-text.js';
import { findAnswers } from './find-attribute.js';

/** An attribute that cannot become a field; the entry is rejected with this advice. */
export class UnusableAttributeError extends Error {
  readonly advice: Advice;

  constructor(advice: Advice) {
    super(advice.reason);
    this.name = 'UnusableAttributeError';
    this.advice = advice;
  }
}

const MAX_TEXT_BYTES = 4_096;
/**
 * The limit for all values of an attribute together, because a thousand of the longest values would be read
 * for every field.
 */
const MAX_ALL_BYTES = 256 * 1024;
/** Other than blanks: those are put right. The characters themselves, since \p{Cc} costs several times as much. */
// eslint-disable-next-line no-control-regex
const CONTROL_CHARACTER = /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f]/;

/**
 * The values of an attribute as clean text, without empty ones, each once; `[]` when it is absent. A server
 * may send values in any order (RFC 4511 §4.1.7), so they are sorted: the first is the one to take where one
 * is wanted. A value that cannot be used costs no other one. Throws {@link UnusableAttributeError} when there
 * are only such, and when not all values are known.
 */
export function toTexts(entry: DirectoryEntry, attribute: string, kind: TextKind): readonly string[] {
  for (const found of findAnswers(entry, attribute)) {
    const texts = readTexts(found, attribute, kind);
    if (texts.length > 0) return texts;
  }
  return [];
}

function readTexts(found: EntryAttribute, attribute: string, kind: TextKind): readonly string[] {
  const bytes = found.values.reduce((sum, { length }) => sum + length, 0);
  if (bytes > MAX_ALL_BYTES) throw tooLongTogether(attribute, bytes);
  if (found.droppedValues !== undefined) assertNothingDropped(found, attribute);
  const texts: string[] = [];
  let fault: UnusableAttributeError | undefined;
  for (const value of found.values) {
    const text = readText(value, attribute, kind);
    if (text instanceof UnusableAttributeError) fault ??= text;
    else if (text !== '') texts.push(text);
  }
  if (texts.length > 0) return texts.length === 1 ? texts : [...new Set(texts)].sort();
  if (fault) throw fault;
  assertNothingDropped(found, attribute);
  return texts;
}

function readText(value: Buffer, attribute: string, kind: TextKind): string | UnusableAttributeError {
  if (value.length > MAX_TEXT_BYTES) return tooLong(attribute, value.length);
  if (!isUtf8(value))
    return unusable(attribute, { code: 'attribute-not-text', what: 'holds bytes that are not UTF-8 text' });
  const text = value.toString('utf8');
  if (CONTROL_CHARACTER.test(text))
    return unusable(attribute, {
      code: 'attribute-with-control-characters',
      what: 'holds control characters',
    });
  return CLEAN[kind](text);
}

/** What was left out might be the value that counts. */
export function assertNothingDropped(
  { values, droppedBytes, droppedValues }: EntryAttribute,
  attribute: string,
): void {
  if (droppedValues !== undefined) {
    const count = values.length + droppedValues;
    const what = `has ${count} values, which are more than are read`;
    throw unusable(attribute, { code: 'attribute-with-too-many-values', what, params: { values: count } });
  }
  if (droppedBytes !== undefined) throw tooLong(attribute, droppedBytes);
}

function tooLong(attribute: string, bytes: number): UnusableAttributeError {
  return unusable(attribute, {
    code: 'attribute-too-long',
    what: `is ${bytes} bytes long`,
    params: { bytes },
  });
}

function tooLongTogether(attribute: string, bytes: number): UnusableAttributeError {
  return new UnusableAttributeError({
    code: 'attribute-too-long',
    params: { attribute, bytes },
    reason: `The values of ${attribute} are ${bytes} bytes long together.`,
    remedy: `Correct ${attribute} in the directory, or map another attribute.`,
  });
}

function unusable(
  attribute: string,
  {
    code,
    what,
    params = {},
  }: { readonly code: AdviceCode; readonly what: string; readonly params?: AdviceParams },
): UnusableAttributeError {
  return new UnusableAttributeError({
    code,
    params: { attribute, ...params },
    reason: `${attribute} ${what}.`,
    remedy: `Correct ${attribute} in the directory, or map another attribute.`,
  });
}
