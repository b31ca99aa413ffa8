import {
  isJsonObject,
  isNameOfAllObjects,
  propertyOf,
  type JsonObject,
  type MapEntry,
} from '../parse-map.js';
import type { CustomFieldRule } from './custom-field.js';

/** `fault` continues a sentence about the path. */
type FoundRule = { readonly rule: CustomFieldRule } | { readonly fault: string; readonly remedy: string };

const MAX_PATH = 200;
const MAX_DEPTH = 5;
const MAX_OPTIONS = 1_000;
const SCHEMA = 'Accounts_CustomFields';
// eslint-disable-next-line no-control-regex -- MongoDB takes no NUL, and nobody can see the others
const CONTROL_CHARACTER = /[\u0000-\u001f\u007f]/;

/** What the schema says of the field at a path. Pure. */
export function findRule(schema: readonly MapEntry[], path: string): FoundRule {
  const names = path.split('.');
  if (path.length > MAX_PATH || names.length > MAX_DEPTH || !names.every(isFieldName))
    return {
      fault: 'cannot be the path of a custom field',
      remedy: `Use at most ${MAX_DEPTH} names with dots between them, none of which begins with "$".`,
    };
  let place: unknown = schema.find(([name]) => name === names[0])?.[1];
  for (const name of names.slice(1)) {
    // What is a field has no fields within.
    if (!isJsonObject(place) || isField(place)) return MISSING;
    place = propertyOf(place, name);
  }
  if (!isJsonObject(place)) return MISSING;
  return isField(place)
    ? readRule(place)
    : { fault: `is a group of fields in ${SCHEMA}`, remedy: 'Name one field of the group.' };
}

const MISSING = {
  fault: `is no field of ${SCHEMA}`,
  remedy: `Define it in ${SCHEMA}, or correct the path.`,
} as const;

function isFieldName(name: string): boolean {
  return name !== '' && !name.startsWith('$') && !isNameOfAllObjects(name) && !CONTROL_CHARACTER.test(name);
}

function isField(object: JsonObject): boolean {
  return typeof propertyOf(object, 'type') === 'string' || !Object.values(object).some(isJsonObject);
}

function readRule(field: JsonObject): FoundRule {
  const [type, minLength, maxLength, options] = ['type', 'minLength', 'maxLength', 'options'].map((name) =>
    propertyOf(field, name),
  );
  if (!isLength(minLength) || !isLength(maxLength))
    return {
      fault: `has a length in ${SCHEMA} that is no number`,
      remedy: 'Give minLength and maxLength as numbers from 0.',
    };
  if (type === 'select' && !isOptions(options))
    return {
      fault: `is a choice without options in ${SCHEMA}`,
      remedy: `Give it "options", a list of at most ${MAX_OPTIONS} texts.`,
    };
  return {
    rule: {
      isRequired: propertyOf(field, 'required') === true,
      minLength: minLength ?? undefined,
      maxLength: maxLength ?? undefined,
      options: type === 'select' ? (options as readonly string[]) : undefined,
    },
  };
}

function isLength(value: unknown): value is number | null | undefined {
  return value === undefined || value === null || (typeof value === 'number' && value >= 0);
}

function isOptions(value: unknown): value is readonly string[] {
  return (
    Array.isArray(value) && value.length <= MAX_OPTIONS && value.every((option) => typeof option === 'string')
  );
}
