import type { SearchFilter } from '../directory/filter/search-filter.js';

/**
 * What of an Active Directory's entry is the same in every one of its kind, in lower case; no value: none has it.
 */
type Sample = ReadonlyMap<string, readonly string[]>;

function toSample(values: Readonly<Record<string, readonly string[] | string>>): Sample {
  return new Map(Object.entries(values).map(([name, value]) => [name, [value].flat()]));
}

/** Entries that are no people and have a `sAMAccountName` all the same. */
const NO_PEOPLE = {
  groups: toSample({
    objectclass: ['top', 'group'],
    objectcategory: 'group',
    samaccounttype: '268435456',
    useraccountcontrol: [],
  }),
  computers: toSample({
    objectclass: ['top', 'person', 'organizationalperson', 'user', 'computer'],
    objectcategory: 'computer',
    samaccounttype: '805306369',
    useraccountcontrol: '4096',
  }),
  'managed service accounts': toSample({
    objectclass: [
      'top',
      'person',
      'organizationalperson',
      'user',
      'computer',
      'msds-groupmanagedserviceaccount',
    ],
    objectcategory: 'msds-group-managed-service-account',
    samaccounttype: '805306369',
    useraccountcontrol: '4096',
  }),
} as const;

export type NoPeople = keyof typeof NO_PEOPLE;

/** In every one of these entries, with values that are different each time. */
const ALWAYS_PRESENT = new Set([
  ...['cn', 'name', 'distinguishedname', 'objectguid', 'objectsid', 'samaccountname', 'whencreated'],
  ...['objectclass', 'objectcategory', 'samaccounttype', 'whenchanged', 'usncreated', 'usnchanged'],
]);
const BIT_AND = '1.2.840.113556.1.4.803';
const BIT_OR = '1.2.840.113556.1.4.804';

/** Which entries of an Active Directory that are no people the filter matches for certain. Pure. */
export function findMatchedNoPeople(filter: SearchFilter): readonly NoPeople[] {
  return (Object.keys(NO_PEOPLE) as NoPeople[]).filter((kind) => matches(filter, NO_PEOPLE[kind]) === true);
}

/** `undefined`: that depends on the entry. */
function matches(filter: SearchFilter, sample: Sample): boolean | undefined {
  switch (filter.type) {
    case 'and':
      return toConjunction(filter.filters.map((part) => matches(part, sample)));
    case 'or':
      return negate(toConjunction(filter.filters.map((part) => negate(matches(part, sample)))));
    case 'not':
      return negate(matches(filter.filter, sample));
    case 'present': {
      const name = filter.attribute.toLowerCase();
      const values = sample.get(name);
      return values ? values.length > 0 : ALWAYS_PRESENT.has(name) || undefined;
    }
    case 'equal':
      return isEqual(sample.get(filter.attribute.toLowerCase()), filter.value.toString());
    case 'extensible':
      return hasBits(sample.get(filter.attribute?.toLowerCase() ?? ''), filter);
    default:
      return undefined;
  }
}

function toConjunction(parts: readonly (boolean | undefined)[]): boolean | undefined {
  if (parts.includes(false)) return false;
  return parts.includes(undefined) ? undefined : true;
}

function negate(value: boolean | undefined): boolean | undefined {
  return value === undefined ? undefined : !value;
}

/** A category is also written as the DN of its class. */
function isEqual(values: readonly string[] | undefined, value: string): boolean | undefined {
  const wanted = value.toLowerCase().replace(/^cn=([^,]+),cn=schema,.*$/, '$1');
  return values?.includes(wanted);
}

function hasBits(
  values: readonly string[] | undefined,
  { rule = '', value }: Extract<SearchFilter, { type: 'extensible' }>,
): boolean | undefined {
  if (values?.length === 0) return false;
  if (values === undefined || (rule !== BIT_AND && rule !== BIT_OR)) return undefined;
  const [has, mask] = [Number(values[0]), Number(value.toString())];
  if (!Number.isSafeInteger(mask)) return undefined;
  return rule === BIT_AND ? (has & mask) === mask : (has & mask) !== 0;
}
