import { isUtf8 } from 'node:buffer';
import type { Advice, AdviceCode, AdviceParams } from '../advice.js';
import type { DirectoryEntry, EntryAttribute } from '../directory/directory.js';
import { PLACEHOLDER } from '../settings/placeholder.js';
import type { AttributeSource } from '../settings/sync-settings.js';

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
// The characters themselves, since \p{Cc} costs several times as much.
// eslint-disable-next-line no-control-regex
const CONTROL_CHARACTER = /[\u0000-\u001f\u007f-\u009f]/;

/**
 * The values of an attribute as text, trimmed, without empty ones; `[]` when it is absent.
 * Throws {@link UnusableAttributeError} for bytes that are not UTF-8 text, control characters, or absurd
 * lengths.
 */
export function toTexts(entry: DirectoryEntry, attribute: string): readonly string[] {
  const found = entry.attributes.get(attribute.toLowerCase());
  if (!found) return [];
  const texts: string[] = [];
  const bytes = found.values.reduce((sum, { length }) => sum + length, 0);
  for (const value of found.values) {
    if (value.length > MAX_TEXT_BYTES) throw tooLong(attribute, value.length);
    if (bytes > MAX_ALL_BYTES) throw tooLongTogether(attribute, bytes);
    if (!isUtf8(value))
      throw unusable(attribute, { code: 'attribute-not-text', what: 'holds bytes that are not UTF-8 text' });
    const text = value.toString('utf8').trim();
    if (CONTROL_CHARACTER.test(text))
      throw unusable(attribute, {
        code: 'attribute-with-control-characters',
        what: 'holds control characters',
      });
    if (text !== '') texts.push(text);
  }
  assertNothingDropped(found, attribute);
  return texts;
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

/** The first value of an attribute as text. */
export function toText(entry: DirectoryEntry, attribute: string): string | undefined {
  return toTexts(entry, attribute)[0];
}

/**
 * Fills a template (absent attributes become empty) or takes the first attribute present; `undefined` when
 * nothing is left.
 */
export function fromSource(entry: DirectoryEntry, source: AttributeSource): string | undefined {
  if (source.kind === 'first') {
    for (const attribute of source.attributes) {
      const text = toText(entry, attribute);
      if (text !== undefined) return text;
    }
    return undefined;
  }
  const text = source.text.replace(PLACEHOLDER, (_, name: string) => toText(entry, name.trim()) ?? '').trim();
  return text === '' ? undefined : text;
}
