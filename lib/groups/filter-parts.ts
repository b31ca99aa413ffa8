import type { SearchFilter } from '../directory/filter/search-filter.js';
import { isOfPerson, placeholdersOf } from './group-template.js';

/**
 * The matching rule of Active Directory that follows groups within groups. In the settings it means that on
 * every server.
 */
export const IN_CHAIN = '1.2.840.113556.1.4.1941';

/** One test of an attribute, with its value as text. */
export interface AttributeTest {
  readonly attribute: string;
  readonly template: string;
  readonly isNested: boolean;
}

/** The parts that all have to match. */
export function toConjuncts(filter: SearchFilter): readonly SearchFilter[] {
  return filter.type === 'and' ? filter.filters.flatMap(toConjuncts) : [filter];
}

/** The parts of which one has to match. */
export function toAlternatives(filter: SearchFilter): readonly SearchFilter[] {
  return filter.type === 'or' ? filter.filters.flatMap(toAlternatives) : [filter];
}

/** A test whether an attribute has a value; `undefined` for everything else. */
export function toTest(filter: SearchFilter): AttributeTest | undefined {
  if (filter.type === 'equal')
    return { attribute: filter.attribute, template: filter.value.toString('utf8'), isNested: false };
  const isInChain = filter.type === 'extensible' && filter.rule === IN_CHAIN && !filter.dnAttributes;
  if (!isInChain || filter.attribute === undefined) return undefined;
  return { attribute: filter.attribute, template: filter.value.toString('utf8'), isNested: true };
}

/** The filter with other values; its shape stays, so a value can be no part of the filter. */
export function mapValues(filter: SearchFilter, change: (text: string) => string): SearchFilter {
  const map = (value: Buffer): Buffer => Buffer.from(change(value.toString('utf8')));
  switch (filter.type) {
    case 'and':
    case 'or':
      return { ...filter, filters: filter.filters.map((part) => mapValues(part, change)) };
    case 'not':
      return { ...filter, filter: mapValues(filter.filter, change) };
    case 'present':
      return filter;
    case 'substring':
      return {
        ...filter,
        ...(filter.initial ? { initial: map(filter.initial) } : {}),
        any: filter.any.map(map),
        ...(filter.final ? { final: map(filter.final) } : {}),
      };
    case 'equal':
    case 'greaterOrEqual':
    case 'lessOrEqual':
    case 'approx':
    case 'extensible':
      // A binary value is no text, and has no placeholder.
      return filter.value.includes('#{') ? { ...filter, value: map(filter.value) } : filter;
  }
}

/** What placeholders there are in a part, wherever in it. */
interface PartUse {
  readonly ofPerson: boolean;
  readonly ofGroup: boolean;
}

export function useOf(filter: SearchFilter): PartUse {
  let ofPerson = false;
  let ofGroup = false;
  mapValues(filter, (text) => {
    ofPerson ||= isOfPerson(text);
    ofGroup ||= placeholdersOf(text).has('groupName');
    return text;
  });
  return { ofPerson, ofGroup };
}
