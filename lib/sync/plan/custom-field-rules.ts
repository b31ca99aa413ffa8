import type { UserRecord } from '../../../models/user.js';
import type { CustomFieldValue } from '../../mapping/custom-fields.js';
import type { Person } from '../../mapping/map-entry.js';
import { toComposed } from '../../mapping/name-keys.js';
import {
  toCustomFieldName,
  type CustomField,
  type CustomFieldPath,
} from '../../settings/custom-fields/custom-field.js';
import { valueAt } from './field-path.js';
import type { FieldMerge, FieldRules } from './field-rules.js';

const MAP = 'LDAP_CustomFieldMap';

/** A custom field as a managed one. */
export function toCustomFieldRules({ path }: CustomField): FieldRules {
  const ofPerson = ({ customFields }: Person): CustomFieldValue | undefined => customFields?.get(path);
  return {
    mapped: {
      part: path,
      by: { ad: MAP, other: MAP },
      loss: {
        what: `custom field ${toCustomFieldName(path)}`,
        isFilled: (person) => Boolean(ofPerson(person)?.length),
      },
    },
    wanted(person, user) {
      const value = ofPerson(person);
      if (value === undefined || isPlaceTaken(user, path)) return undefined;
      return value === '' ? null : value;
    },
    stored: (user) => toStored(valueAt(user, path)),
    merge: REPLACED_VALUES,
    ofNewUser: ({ person }) => ofPerson(person) || undefined,
    isTold: true,
  };
}

/** The order of several values says nothing, and composed and decomposed characters are the same. */
const REPLACED_VALUES: FieldMerge = {
  kind: 'replace',
  isSame: (wanted, stored) =>
    Array.isArray(wanted) === Array.isArray(stored) && toKey(wanted) === toKey(stored),
  losesSomething: () => false,
};

function toKey(value: unknown): string {
  const values = Array.isArray(value) ? value : [value];
  return JSON.stringify(values.map((one) => (typeof one === 'string' ? toComposed(one) : [one])).sort());
}

/** What a form of the host leaves behind when it is emptied is nothing. */
function toStored(value: unknown): unknown {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0) ? undefined : value;
}

/**
 * Whether something stands where the field would be that is no field: a host's documents may hold anything,
 * and MongoDB makes no field within a text or a list.
 */
export function isPlaceTaken(user: UserRecord, path: CustomFieldPath): boolean {
  const names = path.split('.');
  let place: unknown = user;
  for (const [index, name] of names.entries()) {
    if (place === undefined) return false;
    if (!isDocument(place)) return true;
    place = Object.hasOwn(place, name) ? place[name] : undefined;
    if (index === names.length - 1) return !isValue(place);
  }
  return false;
}

function isDocument(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function isValue(value: unknown): boolean {
  if (Array.isArray(value)) return value.every((item) => !Array.isArray(item) && isValue(item));
  return typeof value !== 'object' || value === null;
}
