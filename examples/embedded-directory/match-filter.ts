import type { SearchFilter } from '../../lib/directory/filter/search-filter.js';
import type { StoredEntry } from './entry.js';

/** Active Directory's rules for bits of a number. */
const BIT_AND = '1.2.840.113556.1.4.803';
const BIT_OR = '1.2.840.113556.1.4.804';

/**
 * Says whether an entry matches (RFC 4511 §4.5.1.7). Texts are compared without regard to case and outer
 * spaces.
 */
export function isMatch(entry: StoredEntry, filter: SearchFilter): boolean {
  switch (filter.type) {
    case 'and':
      return filter.filters.every((part) => isMatch(entry, part));
    case 'or':
      return filter.filters.some((part) => isMatch(entry, part));
    case 'not':
      return !isMatch(entry, filter.filter);
    case 'present':
      return entry.attributes.has(filter.attribute.toLowerCase());
    case 'equal':
    case 'approx':
      return hasValue(
        entry,
        filter.attribute,
        (value) => value.equals(filter.value) || toText(value) === toText(filter.value),
      );
    case 'greaterOrEqual':
      return hasValue(entry, filter.attribute, (value) => compare(value, filter.value) >= 0);
    case 'lessOrEqual':
      return hasValue(entry, filter.attribute, (value) => compare(value, filter.value) <= 0);
    case 'substring':
      return hasValue(entry, filter.attribute, (value) => isSubstringMatch(toText(value), filter));
    case 'extensible':
      return hasValue(entry, filter.attribute ?? '', (value) => isBitMatch(value, filter.value, filter.rule));
  }
}

function hasValue(
  { attributes }: StoredEntry,
  attribute: string,
  isWanted: (value: Buffer) => boolean,
): boolean {
  return attributes.get(attribute.toLowerCase())?.values.some(isWanted) ?? false;
}

function toText(value: Buffer): string {
  return value.toString('utf8').trim().normalize('NFC').toLowerCase();
}

function compare(value: Buffer, other: Buffer): number {
  const [left, right] = [toText(value), toText(other)];
  if (/^\d+$/.test(left) && /^\d+$/.test(right)) return Number(left) - Number(right);
  return left < right ? -1 : Number(left > right);
}

function isSubstringMatch(
  text: string,
  { initial, any, final }: Extract<SearchFilter, { type: 'substring' }>,
): boolean {
  const [start, end] = [initial ? toText(initial) : '', final ? toText(final) : ''];
  if (text.length < start.length + end.length || !text.startsWith(start) || !text.endsWith(end)) return false;
  let at = start.length;
  for (const part of any.map(toText)) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= text.length - end.length;
}

function isBitMatch(value: Buffer, wanted: Buffer, rule: string | undefined): boolean {
  const [bits, mask] = [Number(value.toString()), Number(wanted.toString())];
  if (rule === BIT_AND) return (bits & mask) === mask;
  return rule === BIT_OR && (bits & mask) !== 0;
}
