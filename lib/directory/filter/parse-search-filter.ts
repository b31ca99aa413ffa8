import { FilterSyntaxError } from './filter-syntax-error.js';
import { parseItem, skipSpace, type Cursor } from './parse-item.js';
import type { SearchFilter } from './search-filter.js';

export { FilterSyntaxError };

const MAX_LENGTH = 65_536;
const MAX_DEPTH = 64;

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

function parseFilter(cursor: Cursor, depth: number): SearchFilter {
  if (depth > MAX_DEPTH) throw new FilterSyntaxError('Nested too deeply', cursor.at);
  expect(cursor, '(');
  const filter = parseInside(cursor, depth);
  expect(cursor, ')');
  return filter;
}

function parseInside(cursor: Cursor, depth: number): SearchFilter {
  const opened = cursor.at;
  skipSpace(cursor);
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
      cursor.at = opened;
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

function expect(cursor: Cursor, character: '(' | ')'): void {
  if (cursor.source[cursor.at] !== character)
    throw new FilterSyntaxError(`A "${character}" is missing`, cursor.at);
  cursor.at += 1;
}
