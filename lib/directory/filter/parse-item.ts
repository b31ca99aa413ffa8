import { parseAssertionValue } from './assertion-value.js';
import { FilterSyntaxError } from './filter-syntax-error.js';
import { isAttributeDescription, type SearchFilter } from './search-filter.js';

/** `attr`, `attr:dn:rule`, `:dn:rule`, `:rule` before `:=` (RFC 4515). */
const EXTENSIBLE = /^([^:]*?)(:dn)?(?::([^:]+))?$/i;

/** Where in the text a filter is being read. */
export interface Cursor {
  readonly source: string;
  at: number;
}

/** Reads `attribute=value` up to its closing parenthesis. */
export function parseItem(cursor: Cursor): SearchFilter {
  const opened = cursor.at;
  skipSpace(cursor);
  const start = cursor.at;
  const equalsAt = cursor.source.indexOf('=', start);
  const end = findEnd(cursor);
  if (equalsAt < 0 || equalsAt > end) throw new FilterSyntaxError('An "=" is missing', start);
  const operator = cursor.source[equalsAt - 1] ?? '';
  const hasOperator = equalsAt > start && '~<>:'.includes(operator);
  const before = cursor.source.slice(start, hasOperator ? equalsAt - 1 : equalsAt);
  const left = before.trim();
  const isSpaced = { start: before !== before.trimEnd(), end: opened !== start };
  const { value, valueAt } = toWritten(cursor.source.slice(equalsAt + 1, end), equalsAt + 1, isSpaced);
  cursor.at = end;
  if (hasOperator && value.includes('*')) {
    throw new FilterSyntaxError(
      'A "*" as a character must be written \\2a, and as a wildcard it needs a plain "="',
      valueAt + value.indexOf('*'),
    );
  }
  if (operator === ':' && hasOperator) return toExtensible({ left, start, value, valueAt });
  if (!isAttributeDescription(left))
    throw new FilterSyntaxError(`${JSON.stringify(left.slice(0, 60))} is not an attribute`, start);
  if (hasOperator) {
    const type = ({ '~': 'approx', '<': 'lessOrEqual', '>': 'greaterOrEqual' } as const)[
      operator as '~' | '<' | '>'
    ];
    return { type, attribute: left, value: parseAssertionValue(value, valueAt) };
  }
  return toEqualityOrSubstring(left, value, valueAt);
}

export function skipSpace(cursor: Cursor): void {
  while (/\s/.test(cursor.source[cursor.at] ?? '')) cursor.at += 1;
}

/**
 * The value without the blanks that are layout: those around the "=" when one stands before it, and those
 * before the ")" when one stands behind the "(". All others belong to the value (RFC 4515).
 */
function toWritten(
  text: string,
  at: number,
  isSpaced: { readonly start: boolean; readonly end: boolean },
): { value: string; valueAt: number } {
  const value = isSpaced.start ? text.trimStart() : text;
  const valueAt = at + text.length - value.length;
  const isLayout = isSpaced.end || /[\r\n]\s*$/.test(value);
  return { value: isLayout ? value.trimEnd() : value, valueAt };
}

function toEqualityOrSubstring(attribute: string, value: string, offset: number): SearchFilter {
  if (value === '*') return { type: 'present', attribute };
  if (!value.includes('*')) return { type: 'equal', attribute, value: parseAssertionValue(value, offset) };
  const parts: Buffer[] = [];
  let at = offset;
  for (const part of value.split('*')) {
    parts.push(parseAssertionValue(part, at));
    at += part.length + 1;
  }
  if (parts.every(({ length }) => length === 0))
    throw new FilterSyntaxError('One "*" is enough to match every value', offset);
  const any = parts.slice(1, -1).filter(({ length }) => length > 0);
  const [initial] = parts;
  const final = parts.at(-1);
  return {
    type: 'substring',
    attribute,
    any,
    ...(initial?.length ? { initial } : {}),
    ...(final?.length ? { final } : {}),
  };
}

/** A part of a filter; the positions are those in the whole of it. */
interface Item {
  readonly left: string;
  readonly start: number;
  readonly value: string;
  readonly valueAt: number;
}

function toExtensible({ left, start, value, valueAt }: Item): SearchFilter {
  const [, attribute = '', dn, rule] = EXTENSIBLE.exec(left) ?? [];
  const isNamed = attribute !== '' && isAttributeDescription(attribute);
  const isRule = rule !== undefined && isAttributeDescription(rule);
  if ((attribute !== '' && !isNamed) || (rule !== undefined && !isRule) || (!isNamed && !isRule)) {
    throw new FilterSyntaxError(`${JSON.stringify(left.slice(0, 60))} is not a matching rule`, start);
  }
  return {
    type: 'extensible',
    ...(isNamed ? { attribute } : {}),
    ...(isRule ? { rule } : {}),
    value: parseAssertionValue(value, valueAt),
    dnAttributes: dn !== undefined,
  };
}

function findEnd({ source, at }: Cursor): number {
  for (let index = at; index < source.length; index += 1) {
    const character = source[index];
    if (character === ')') return index;
    if (character === '(') throw new FilterSyntaxError('A "(" inside a value must be written \\28', index);
    if (character === '\0') throw new FilterSyntaxError('A NUL inside a value must be written \\00', index);
  }
  throw new FilterSyntaxError('A ")" is missing', source.length);
}
