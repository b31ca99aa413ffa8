import type { SearchFilter } from '../directory/filter/search-filter.js';

const MOST = 50;

/** The attributes that a filter tests, each once. */
export function toTested(filter: SearchFilter): readonly string[] {
  return [...new Set(collect(filter))].slice(0, MOST);
}

function collect(filter: SearchFilter): readonly string[] {
  switch (filter.type) {
    case 'and':
    case 'or':
      return filter.filters.flatMap(collect);
    case 'not':
      return collect(filter.filter);
    default:
      return filter.attribute === undefined ? [] : [filter.attribute.split(';')[0] ?? ''];
  }
}
