import type { FieldChange } from '../../../models/change-row.js';
import { ABAC_FIELD, ABAC_RULES, toLosableKeys, toLostKeys, type AbacKeyPath } from './abac.js';
import { toCustomFieldRules } from './custom-field-rules.js';
import type { FieldMapping, FieldRules, FilledFields } from './field-rules.js';
import { MANAGED_FIELD_NAMES, MANAGED_FIELDS, type ManagedField } from './managed-fields.js';

/** A field that can be lost, or a part of one that is lost by itself. */
export interface LosableField {
  readonly field: ManagedField | AbacKeyPath;
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

const NONE: readonly never[] = [];
/** By what the settings of a run fill: they are read once, and asked for with each person. */
const OF_SETTINGS = new WeakMap<object, WeakMap<object, ManagedFields>>();

/** The fields of a run whose settings fill these. */
export function managedFieldsOf({ customFields = NONE, abac = NONE }: FilledFields): ManagedFields {
  if (customFields.length === 0 && abac.length === 0) return FIXED;
  const ofCustom = OF_SETTINGS.get(customFields) ?? new WeakMap<object, ManagedFields>();
  OF_SETTINGS.set(customFields, ofCustom);
  const fields = ofCustom.get(abac) ?? toFieldsOf({ customFields, abac });
  ofCustom.set(abac, fields);
  return fields;
}

/** What a loss counts for, before the guard: a field, or the parts of it that lose something. */
export function toLostFields({ field, from, to }: FieldChange): readonly string[] {
  return field === ABAC_FIELD ? toLostKeys(from, to) : [field];
}

function toFieldsOf({ customFields, abac }: Required<FilledFields>): ManagedFields {
  const rows = customFields.map((field) => ({ field: field.path, rules: toCustomFieldRules(field) }));
  const { rows: others, losable } = toManagedFields([...FIXED.rows, ...rows]);
  if (abac.length === 0) return { rows: others, losable };
  return {
    rows: [...others, { field: ABAC_FIELD, rules: ABAC_RULES }],
    losable: [...losable, ...toLosableKeys(abac)],
  };
}

interface WholeFields extends ManagedFields {
  readonly losable: readonly (LosableField & { readonly field: ManagedField })[];
}

function toManagedFields(rows: readonly ManagedRow[]): WholeFields {
  const losable = rows.flatMap(({ field, rules: { mapped } }) =>
    mapped && mapped.loss !== 'never' ? [{ field, by: mapped.by, loss: mapped.loss }] : [],
  );
  return { rows, losable };
}
