import { isUtf8 } from 'node:buffer';
import type { DirectoryEntry, EntryAttribute } from '../directory/directory.js';
import { PLACEHOLDER } from '../settings/placeholder.js';
import type { AttributeSource } from '../settings/sync-settings.js';

/** An attribute that cannot become a field; the entry is rejected with this message and remedy. */
export class UnusableAttributeError extends Error {
  readonly remedy: string;

  constructor(message: string, remedy: string) {
    super(message);
    this.name = 'UnusableAttributeError';
    this.remedy = remedy;
  }
}

const MAX_TEXT_BYTES = 4_096;
/** Of all values of an attribute: a thousand of the longest would be gone through for every field. */
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
  const remedy = `Correct ${attribute} in the directory, or map another attribute.`;
  const texts: string[] = [];
  const bytes = found.values.reduce((sum, { length }) => sum + length, 0);
  for (const value of found.values) {
    if (value.length > MAX_TEXT_BYTES)
      throw new UnusableAttributeError(`${attribute} is ${value.length} bytes long.`, remedy);
    if (bytes > MAX_ALL_BYTES)
      throw new UnusableAttributeError(
        `The values of ${attribute} are ${bytes} bytes long together.`,
        remedy,
      );
    if (!isUtf8(value))
      throw new UnusableAttributeError(`${attribute} holds bytes that are not UTF-8 text.`, remedy);
    const text = value.toString('utf8').trim();
    if (CONTROL_CHARACTER.test(text))
      throw new UnusableAttributeError(`${attribute} holds control characters.`, remedy);
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
  const remedy = `Correct ${attribute} in the directory, or map another attribute.`;
  if (droppedValues !== undefined) {
    throw new UnusableAttributeError(
      `${attribute} has ${values.length + droppedValues} values, which are more than are read.`,
      remedy,
    );
  }
  if (droppedBytes !== undefined)
    throw new UnusableAttributeError(`${attribute} is ${droppedBytes} bytes long.`, remedy);
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
