import { isAttributeDescription, type SearchFilter } from './search-filter.js';

/** The text is not a search filter; the message says where and why. */
export class FilterSyntaxError extends Error {
  /** Characters from the start of the text. */
  readonly position: number;

  constructor(message: string, position: number) {
    super(`${message} at character ${position + 1}`);
    this.name = 'FilterSyntaxError';
    this.position = position;
  }
}

const MAX_LENGTH = 65_536;
const MAX_DEPTH = 64;
const HEX_PAIR = /^[0-9a-fA-F]{2}$/;
/** `attr`, `attr:dn:rule`, `:dn:rule`, `:rule` before `:=` (RFC 4515). */
const EXTENSIBLE = /^([^:]*?)(:dn)?(?::([^:]+))?$/i;

/**
 * Parses a search filter (RFC 4515, with RFC 4526's `(&)` and `(|)`). A text without the outer parentheses is taken as if
 * it had them, as Rocket.Chat does. Throws {@link FilterSyntaxError}.
 */
export function parseSearchFilter(text: string): SearchFilter {
  const trimmed = text.trim();
  const source = trimmed.startsWith('(') ? trimmed : `(${trimmed})`;
  if (source.length > MAX_LENGTH) throw new FilterSyntaxError(`The filter is longer than ${MAX_LENGTH} characters`, MAX_LENGTH);
  const cursor = { source, at: 0 };
  const filter = parseFilter(cursor, 0);
  if (cursor.at !== source.length) throw new FilterSyntaxError('Text after the closing parenthesis', cursor.at);
  return filter;
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
      return { type: 'not', filter: parseFilter(cursor, depth + 1) };
    default:
      return parseItem(cursor);
  }
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
  if (operator === ':' && hasOperator) return toExtensible(left, value, start, equalsAt + 1);
  if (!isAttributeDescription(left)) throw new FilterSyntaxError(`${JSON.stringify(left.slice(0, 60))} is not an attribute`, start);
  if (hasOperator) {
    const type = ({ '~': 'approx', '<': 'lessOrEqual', '>': 'greaterOrEqual' } as const)[operator as '~' | '<' | '>'];
    return { type, attribute: left, value: unescape(value, equalsAt + 1) };
  }
  return toEqualityOrSubstring(left, value, equalsAt + 1);
}

function toEqualityOrSubstring(attribute: string, value: string, offset: number): SearchFilter {
  if (value === '*') return { type: 'present', attribute };
  if (!value.includes('*')) return { type: 'equal', attribute, value: unescape(value, offset) };
  const parts: Buffer[] = [];
  let at = offset;
  for (const part of value.split('*')) {
    parts.push(unescape(part, at));
    at += part.length + 1;
  }
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

function toExtensible(left: string, value: string, start: number, offset: number): SearchFilter {
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
    value: unescape(value, offset),
    dnAttributes: dn !== undefined,
  };
}

/** The bytes of an assertion value: `\xx` is one byte, everything else UTF-8. */
function unescape(value: string, offset: number): Buffer {
  if (!value.includes('\\')) return Buffer.from(value);
  const parts = value.split('\\');
  const bytes = [Buffer.from(parts[0] ?? '')];
  let at = offset + (parts[0] ?? '').length;
  for (const part of parts.slice(1)) {
    const pair = part.slice(0, 2);
    if (!HEX_PAIR.test(pair)) throw new FilterSyntaxError('A backslash must be followed by two hex digits (\\5c is a backslash)', at);
    bytes.push(Buffer.from(pair, 'hex'), Buffer.from(part.slice(2)));
    at += part.length + 1;
  }
  return Buffer.concat(bytes);
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
  if (cursor.source[cursor.at] !== character) throw new FilterSyntaxError(`A "${character}" is missing`, cursor.at);
  cursor.at += 1;
}
