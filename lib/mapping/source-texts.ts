import type { DirectoryEntry } from '../directory/directory.js';
import { PLACEHOLDER } from '../settings/placeholder.js';
import type { AttributeSource } from '../settings/attribute-source.js';
import { toTexts } from './attribute-text.js';
import { CLEAN, type TextKind } from './clean-text.js';

/** Most texts that several values may make together. */
const MAX_TEXTS = 64;

/**
 * The texts that a setting makes of an entry, the one to take first: the values of the first attribute that is
 * present, or a template filled with every combination of values (absent attributes become empty). `[]` when
 * nothing is left.
 */
export function fromSource(
  entry: DirectoryEntry,
  source: AttributeSource,
  kind: TextKind,
): readonly string[] {
  if (source.kind === 'template') return fillTemplate(entry, source.text, kind);
  for (const attribute of source.attributes) {
    const texts = toTexts(entry, attribute, kind);
    if (texts.length > 0) return texts.slice(0, MAX_TEXTS);
  }
  return [];
}

function fillTemplate(entry: DirectoryEntry, template: string, kind: TextKind): readonly string[] {
  // Text and names of attributes, by turns.
  const parts = template.split(PLACEHOLDER);
  const values = new Map<string, readonly string[]>();
  for (let index = 1; index < parts.length; index += 2) {
    const attribute = (parts[index] ?? '').trim();
    const key = attribute.toLowerCase();
    if (!values.has(key)) values.set(key, toTexts(entry, attribute, kind));
  }
  return [
    ...new Set(
      toCombinations(values).map((chosen) =>
        CLEAN[kind](
          parts
            .map((part, index) => (index % 2 === 0 ? part : (chosen.get(part.trim().toLowerCase()) ?? '')))
            .join(''),
        ),
      ),
    ),
  ].filter((text) => text !== '');
}

/** One value of each attribute, in every combination; the first has the first of each. */
function toCombinations(values: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, string>[] {
  let combinations: Map<string, string>[] = [new Map<string, string>()];
  for (const [attribute, texts] of values) {
    if (texts.length === 0) continue;
    combinations = combinations
      .flatMap((chosen) =>
        texts.slice(0, MAX_TEXTS).map((text) => new Map([...chosen, [attribute, text] as const])),
      )
      .slice(0, MAX_TEXTS);
  }
  return combinations;
}
