import type { Person } from '../mapping/map-entry.js';
import { toPartAttributes } from '../mapping/person-attributes.js';
import { isCustomFieldPath } from '../settings/custom-fields/custom-field.js';
import { toPhotoHash } from '../sync/avatars/avatar-decision.js';
import type { FieldMapping } from '../sync/plan/field-rules.js';
import { toRecords } from '../sync/plan/abac-values.js';
import { toCustomFieldRemarks } from '../sync/plan/custom-field-remarks.js';
import { managedFieldsOf } from '../sync/plan/fields-of-run.js';
import type { ManagedField } from '../sync/plan/managed-fields.js';
import { toActiveNote } from './active-note.js';
import type { ExplainedField } from './explained-field.js';
import { explainRoles } from './explain-roles.js';
import { FIELD_NOTES, toPhotoNote, toUsernameNote, type Facts } from './field-notes.js';

/** Where the value of a field comes from. */
interface Origin extends Pick<ExplainedField, 'setting' | 'attributes'> {
  readonly note: string | undefined;
}

/** Field by field: the value, and where it comes from. Pure. */
export function explainFields(facts: Facts): readonly ExplainedField[] {
  const { person, plan, settings, isAD } = facts;
  const { mapping } = settings;
  const managed = managedFieldsOf(mapping).rows.flatMap(({ field, rules: { mapped } }) =>
    mapped ? [explainManaged(field, mapped, facts)] : [],
  );

  return [
    toExplained('username', person.username, {
      setting: isAD ? 'LDAP_AD_Username_Field' : 'LDAP_Username_Field',
      attributes: toPartAttributes('username', mapping),
      note: toUsernameNote(facts),
    }),
    ...managed,
    ...(settings.roleRules ? [explainRoles(facts, settings.roleRules)] : []),
    toExplained('active', person.disabled === undefined ? undefined : !person.disabled, {
      setting: 'LDAP_Sync_User_Active_State',
      attributes: toPartAttributes('disabled', mapping),
      note: toActiveNote(facts),
    }),
    toExplained('photo', toPhoto(person), {
      setting: 'LDAP_Avatar_Field',
      attributes: toPartAttributes('photo', mapping),
      note: toPhotoNote(person, plan, mapping.photoAttributes),
    }),
  ];
}

function explainManaged(
  field: ManagedField,
  { part, by, unmapped }: FieldMapping,
  facts: Facts,
): ExplainedField {
  const { person, settings, isAD } = facts;
  const attributes = toPartAttributes(part, settings.mapping);
  return toExplained(part, toValue(part, person), {
    setting: isAD ? by.ad : by.other,
    attributes,
    note: attributes.length === 0 ? unmapped : toNote(field, facts),
  });
}

function toValue(part: FieldMapping['part'], person: Person): unknown {
  if (part === 'abac') return person.abac && toRecords(person.abac);
  return isCustomFieldPath(part) ? person.customFields?.get(part) : person[part];
}

function toNote(field: ManagedField, facts: Facts): string | undefined {
  if (!isCustomFieldPath(field)) return FIELD_NOTES[field]?.(facts);
  const remark = toCustomFieldRemarks(facts.person, facts.user).get(field);
  return remark && `${remark.reason} ${remark.remedy}`;
}

function toExplained(
  field: ExplainedField['field'],
  value: unknown,
  { setting, attributes, note }: Origin,
): ExplainedField {
  return { field, value: value ?? null, setting, attributes, ...(note === undefined ? {} : { note }) };
}

function toPhoto({ photo }: Person): unknown {
  if (!photo) return undefined;
  return 'bytes' in photo
    ? { sha256: toPhotoHash(photo.bytes), bytes: photo.bytes.length }
    : { bytes: photo.droppedBytes };
}
