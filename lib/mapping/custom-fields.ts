import type { Advice } from '../advice.js';
import type { DirectoryEntry } from '../directory/directory.js';
import {
  toCustomFieldName,
  type CustomField,
  type CustomFieldPath,
} from '../settings/custom-fields/custom-field.js';
import { PLACEHOLDER } from '../settings/placeholder.js';
import type { AttributeSource } from '../settings/attribute-source.js';
import { toTexts, UnusableAttributeError } from './attribute-text.js';

/** A text, or several, which are kept as a list; `''`: the person has none. */
export type CustomFieldValue = string | readonly string[];

/** What an entry says of custom fields. */
export interface PersonCustomFields {
  /** Absent: the entry says nothing that can be used, and what is stored stays. */
  readonly customFields?: ReadonlyMap<CustomFieldPath, CustomFieldValue> | undefined;
  /** Fields that have to have a value, and of which the entry has none. */
  readonly lackedFields?: readonly CustomFieldPath[] | undefined;
  /** Why a field of the entry cannot be used. */
  readonly fieldRemarks?: ReadonlyMap<CustomFieldPath, Advice> | undefined;
}

const NOTHING: PersonCustomFields = {};

/** Reads the custom fields of an entry. A value that cannot be used costs nothing but itself. Pure. */
export function readCustomFields(
  entry: DirectoryEntry,
  fields: readonly CustomField[] = [],
): PersonCustomFields {
  if (fields.length === 0) return NOTHING;
  const customFields = new Map<CustomFieldPath, CustomFieldValue>();
  const fieldRemarks = new Map<CustomFieldPath, Advice>();
  const lackedFields: CustomFieldPath[] = [];
  for (const field of fields) {
    const read = readField(entry, field);
    if (typeof read === 'object' && 'code' in read) fieldRemarks.set(field.path, read);
    else if (read === '' && field.rule.isRequired) lackedFields.push(field.path);
    else customFields.set(field.path, read);
  }
  return { customFields, lackedFields, fieldRemarks };
}

function readField(entry: DirectoryEntry, field: CustomField): CustomFieldValue | Advice {
  try {
    let value: CustomFieldValue = '';
    for (const source of field.sources) value = orEarlier(readSource(entry, source), value);
    const fault = findFault(value, field);
    return fault === undefined ? value : toNotAllowed(field, fault);
  } catch (error) {
    if (error instanceof UnusableAttributeError) return error.advice;
    throw error;
  }
}

function orEarlier(value: CustomFieldValue, earlier: CustomFieldValue): CustomFieldValue {
  return value === '' ? earlier : value;
}

/**
 * All values of an attribute; of a template all attributes have to be there, and several values stand
 * together.
 */
function readSource(entry: DirectoryEntry, source: AttributeSource): CustomFieldValue {
  if (source.kind === 'template') return fill(entry, source.text);
  for (const attribute of source.attributes) {
    const texts = toTexts(entry, attribute, 'name');
    if (texts.length > 0) return texts.length === 1 ? (texts[0] ?? '') : texts;
  }
  return '';
}

function fill(entry: DirectoryEntry, template: string): string {
  const texts = [...template.matchAll(PLACEHOLDER)].map(([, name = '']) =>
    toTexts(entry, name.trim(), 'name'),
  );
  if (texts.some(({ length }) => length === 0)) return '';
  let index = 0;
  return template.replace(PLACEHOLDER, () => (texts[index++] ?? []).join(','));
}

/** Longest text that is stored, whatever the schema says. */
const MAX_LENGTH = 4_096;
/** Most values of one field, and characters of them together. */
const MAX_VALUES = 64;
const MAX_TOGETHER = 16_384;

function findFault(value: CustomFieldValue, { rule }: CustomField): string | undefined {
  const { minLength = 0, maxLength = MAX_LENGTH, options } = rule;
  if (value === '') return undefined;
  const texts = typeof value === 'string' ? [value] : value;
  if (texts.length > MAX_VALUES) return `there are ${texts.length} values, more than ${MAX_VALUES}`;
  const together = texts.reduce((sum, { length }) => sum + length, 0);
  if (together > MAX_TOGETHER) return `the values are longer than ${MAX_TOGETHER} characters together`;
  for (const text of texts) {
    const shown = JSON.stringify(text.slice(0, 60));
    if (options && !options.includes(text)) return `${shown} is none of its options`;
    if (text.length < minLength) return `${shown} is shorter than ${minLength} characters`;
    if (text.length > Math.min(maxLength, MAX_LENGTH))
      return `${shown} is longer than ${Math.min(maxLength, MAX_LENGTH)} characters`;
  }
  return undefined;
}

function toNotAllowed({ path }: CustomField, fault: string): Advice {
  const field = toCustomFieldName(path);
  return {
    code: 'custom-field-not-allowed',
    params: { field, why: fault },
    reason: `The custom field ${field} stays as it is: ${fault}.`,
    remedy: 'Correct the entry, or change the field in Accounts_CustomFields.',
  };
}
