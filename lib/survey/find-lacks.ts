import type { NamedAttributes, NamedPart } from '../settings/named-attributes.js';
import type { Census } from './census.js';

/** A setting that names what no entry has. */
export interface Lack {
  readonly named: NamedAttributes;
  /** What no entry has. */
  readonly missing: readonly string[];
}

/** What people cannot be synced without: an attribute of these that is nowhere ends a run. */
const NEEDED: ReadonlySet<NamedPart> = new Set(['id', 'username']);

export function isNeeded({ part }: NamedAttributes): boolean {
  return NEEDED.has(part);
}

/**
 * The settings whose attributes are nowhere: every one of a list, or any one of a template, since a template is
 * filled with all of them. Pure.
 */
export function findLacks(census: Census, named: readonly NamedAttributes[]): readonly Lack[] {
  if (census.entries === 0) return [];
  return named.flatMap((one) => {
    const missing = one.attributes.filter((attribute) => census.having(attribute) === 0);
    const isLacking = one.isTemplate ? missing.length > 0 : census.havingAny(one) === 0;
    return isLacking ? [{ named: one, missing }] : [];
  });
}
