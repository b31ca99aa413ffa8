import { parseAssertionValue } from './assertion-value.js';
import { FilterSyntaxError } from './filter-syntax-error.js';
import { isAttributeDescription, type SearchFilter } from './search-filter.js';

export { FilterSyntaxError };

const MAX_LENGTH = 65_536;
const MAX_DEPTH = 64;
/** `attr`, `attr:dn:rule`, `:dn:rule`, `:rule` before `:=` (RFC 4515). */
const EXTENSIBLE = /^([^:]*?)(:dn)?(?::([^:]+))?$/i;

/**
 * Parses a search filter (RFC 4515, with RFC 4526's `(&)` and `(|)`). A text without the outer parentheses is
 * taken as if it had them, as Rocket.Chat does. Throws {@link FilterSyntaxError}.
 */
export function parseSearchFilter(text: string): SearchFilter {
  if (text.length > MAX_LENGTH)
    throw new FilterSyntaxError(`The filter is longer than ${MAX_LENGTH} characters`, MAX_LENGTH);
  const trimmed = text.trim();
  const hasParentheses = trimmed.startsWith('(');
  const source = hasParentheses ? trimmed : `(${trimmed})`;
  const cursor = { source, at: 0 };
  try {
    const filter = parseFilter(cursor, 0);
    // Without parentheses of its own, it was the text itself that closed ours too early.
    if (cursor.at !== source.length)
      throw new FilterSyntaxError(
        'Text after the closing parenthesis',
        hasParentheses ? cursor.at : cursor.at - 1,
      );
    return filter;
  } catch (error) {
    if (!(error instanceof FilterSyntaxError)) throw error;
    const offset = text.length - text.trimStart().length - (hasParentheses ? 0 : 1);
    throw new FilterSyntaxError(error.reason, Math.min(error.position + offset, text.length));
  }
}

interface Cursor {
  readonly source: string;
  at: number;
}

function parseFilter(cursor: Cursor, depth: number): SearchFilter {
  if (depth > MAX_DEPTH) throw new FilterSyntaxError('Nested too deeply', cursor.at);
  expect(cursor, '(');
  const filter = parseInside(cursor, depth);
  expect(cursor, ')');
  return filter;
}

function parseInside(cursor: Cursor, depth: number): SearchFilter {
  switch (cursor.source[cursor.at]) {
    case '&':
    case '|': {
      const type = cursor.source[cursor.at] === '&' ? 'and' : 'or';
      cursor.at += 1;
      return { type, filters: parseList(cursor, depth) };
    }
    case '!':
      cursor.at += 1;
      skipSpace(cursor);
      return { type: 'not', filter: parseNegated(cursor, depth + 1) };
    default:
      return parseItem(cursor);
  }
}

function parseNegated(cursor: Cursor, depth: number): SearchFilter {
  const filter = parseFilter(cursor, depth);
  skipSpace(cursor);
  return filter;
}

function parseList(cursor: Cursor, depth: number): SearchFilter[] {
  const filters: SearchFilter[] = [];
  skipSpace(cursor);
  while (cursor.source[cursor.at] === '(') {
    filters.push(parseFilter(cursor, depth + 1));
    skipSpace(cursor);
  }
  return filters;
}

function parseItem(cursor: Cursor): SearchFilter {
  const start = cursor.at;
  const equalsAt = cursor.source.indexOf('=', start);
  const end = findEnd(cursor);
  if (equalsAt < 0 || equalsAt > end) throw new FilterSyntaxError('An "=" is missing', start);
  const operator = cursor.source[equalsAt - 1] ?? '';
  const hasOperator = equalsAt > start && '~<>:'.includes(operator);
  const left = cursor.source.slice(start, hasOperator ? equalsAt - 1 : equalsAt).trim();
  const value = cursor.source.slice(equalsAt + 1, end);
  cursor.at = end;
  if (hasOperator && value.includes('*')) {
    throw new FilterSyntaxError(
      'A "*" as a character must be written \\2a, and as a wildcard it needs a plain "="',
      equalsAt + 1 + value.indexOf('*'),
    );
  }
  if (operator === ':' && hasOperator) return toExtensible({ left, start, value, valueAt: equalsAt + 1 });
  if (!isAttributeDescription(left))
    throw new FilterSyntaxError(`${JSON.stringify(left.slice(0, 60))} is not an attribute`, start);
  if (hasOperator) {
    const type = ({ '~': 'approx', '<': 'lessOrEqual', '>': 'greaterOrEqual' } as const)[
      operator as '~' | '<' | '>'
    ];
    return { type, attribute: left, value: parseAssertionValue(value, equalsAt + 1) };
  }
  return toEqualityOrSubstring(left, value, equalsAt + 1);
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

function skipSpace(cursor: Cursor): void {
  while (/\s/.test(cursor.source[cursor.at] ?? '')) cursor.at += 1;
}

function expect(cursor: Cursor, character: '(' | ')'): void {
  if (cursor.source[cursor.at] !== character)
    throw new FilterSyntaxError(`A "${character}" is missing`, cursor.at);
  cursor.at += 1;
}
