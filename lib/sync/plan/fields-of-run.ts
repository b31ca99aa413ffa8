import type { CustomField } from '../../settings/custom-fields/custom-field.js';
import { toCustomFieldRules } from './custom-field-rules.js';
import type { FieldMapping, FieldRules } from './field-rules.js';
import { MANAGED_FIELD_NAMES, MANAGED_FIELDS, type ManagedField } from './managed-fields.js';

/** A field that can be lost. */
export interface LosableField {
  readonly field: ManagedField;
  readonly by: FieldMapping['by'];
  readonly loss: Exclude<FieldMapping['loss'], 'never'>;
}

/** The fields that a run manages. Whoever handles fields iterates over this table. */
interface ManagedFields {
  readonly rows: readonly ManagedRow[];
  readonly losable: readonly LosableField[];
}

interface ManagedRow {
  readonly field: ManagedField;
  readonly rules: FieldRules;
}

const FIXED = toManagedFields(MANAGED_FIELD_NAMES.map((field) => ({ field, rules: MANAGED_FIELDS[field] })));

/** Those that every run has. */
export const LOSABLE_FIELDS = FIXED.losable;

const OF_SETTINGS = new WeakMap<readonly CustomField[], ManagedFields>();

/** The fields of a run whose settings fill these custom fields. */
export function managedFieldsOf(custom: readonly CustomField[] | undefined): ManagedFields {
  if (!custom || custom.length === 0) return FIXED;
  const known = OF_SETTINGS.get(custom);
  if (known) return known;
  const rows = custom.map((field) => ({ field: field.path, rules: toCustomFieldRules(field) }));
  const fields = toManagedFields([...FIXED.rows, ...rows]);
  OF_SETTINGS.set(custom, fields);
  return fields;
}

function toManagedFields(rows: readonly ManagedRow[]): ManagedFields {
  const losable = rows.flatMap(({ field, rules: { mapped } }) =>
    mapped && mapped.loss !== 'never' ? [{ field, by: mapped.by, loss: mapped.loss }] : [],
  );
  return { rows, losable };
}
