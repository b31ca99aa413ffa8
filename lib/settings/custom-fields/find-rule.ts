import { toFinding, type Finding } from '../../findings/finding.js';
import {
  isJsonObject,
  isNameOfAllObjects,
  propertyOf,
  type JsonObject,
  type MapEntry,
} from '../parse-map.js';
import type { CustomFieldRule } from './custom-field.js';

type FoundRule = { readonly rule: CustomFieldRule } | { readonly fault: Finding };

const MAX_PATH = 200;
const MAX_DEPTH = 5;
const MAX_OPTIONS = 1_000;
// eslint-disable-next-line no-control-regex -- MongoDB takes no NUL, and nobody can see the others
const CONTROL_CHARACTER = /[\u0000-\u001f\u007f]/;

/** What the schema says of the field at a path. Pure. */
export function findRule(schema: readonly MapEntry[], path: string): FoundRule {
  const field = JSON.stringify(path.slice(0, 100));
  const names = path.split('.');
  if (path.length > MAX_PATH || names.length > MAX_DEPTH || !names.every(isFieldName))
    return { fault: toFinding('custom-field-path-unusable', { field, most: MAX_DEPTH }) };
  let place: unknown = schema.find(([name]) => name === names[0])?.[1];
  for (const name of names.slice(1)) {
    // What is a field has no fields within.
    if (!isJsonObject(place) || isField(place))
      return { fault: toFinding('custom-field-unknown', { field }) };
    place = propertyOf(place, name);
  }
  if (!isJsonObject(place)) return { fault: toFinding('custom-field-unknown', { field }) };
  return isField(place) ? readRule(place, field) : { fault: toFinding('custom-field-a-group', { field }) };
}

function isFieldName(name: string): boolean {
  return name !== '' && !name.startsWith('$') && !isNameOfAllObjects(name) && !CONTROL_CHARACTER.test(name);
}

function isField(object: JsonObject): boolean {
  return typeof propertyOf(object, 'type') === 'string' || !Object.values(object).some(isJsonObject);
}

function readRule(rule: JsonObject, field: string): FoundRule {
  const [type, minLength, maxLength, options] = ['type', 'minLength', 'maxLength', 'options'].map((name) =>
    propertyOf(rule, name),
  );
  if (!isLength(minLength) || !isLength(maxLength))
    return { fault: toFinding('custom-field-length-unusable', { field }) };
  if (type === 'select' && !isOptions(options))
    return { fault: toFinding('custom-field-without-options', { field, most: String(MAX_OPTIONS) }) };
  return {
    rule: {
      isRequired: propertyOf(rule, 'required') === true,
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
