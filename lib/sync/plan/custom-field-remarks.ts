import type { UserRecord } from '../../../models/user.js';
import type { Advice } from '../../advice.js';
import type { Person } from '../../mapping/map-entry.js';
import { toCustomFieldName, type CustomFieldPath } from '../../settings/custom-fields/custom-field.js';
import { isPlaceTaken } from './custom-field-rules.js';
import { valueAt } from './field-path.js';

/** Why custom fields of a person stay as they are, by field. Pure. */
export function toCustomFieldRemarks(
  { customFields, lackedFields = [], fieldRemarks }: Person,
  user: UserRecord | undefined,
): ReadonlyMap<CustomFieldPath, Advice> {
  const remarks = new Map(fieldRemarks);
  if (!user) return remarks;
  for (const [path, value] of customFields ?? [])
    if (value !== '' && isPlaceTaken(user, path)) remarks.set(path, toTaken(path));
  for (const path of lackedFields) if (valueAt(user, path)) remarks.set(path, toRequired(path));
  return remarks;
}

function toTaken(path: CustomFieldPath): Advice {
  const field = toCustomFieldName(path);
  return {
    code: 'custom-field-in-the-way',
    params: { field },
    reason:
      `The custom field ${field} stays as it is: the user has something there that is neither a ` +
      'text nor a list.',
    remedy: `Look at ${path} of the user in the database, and mend it.`,
  };
}

function toRequired(path: CustomFieldPath): Advice {
  const field = toCustomFieldName(path);
  return {
    code: 'custom-field-required',
    params: { field },
    reason:
      `The custom field ${field} stays as it is: the entry has no value, and Accounts_CustomFields ` +
      'requires one.',
    remedy: 'Give the entry a value, or do not require the field.',
  };
}
