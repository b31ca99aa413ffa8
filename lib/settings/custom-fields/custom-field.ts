import type { AttributeSource } from '../attribute-source.js';

/** Where a user has a custom field: `customFields.address.city`. */
export type CustomFieldPath = `customFields.${string}`;

/** What `Accounts_CustomFields` says of a field. */
export interface CustomFieldRule {
  readonly isRequired: boolean;
  readonly minLength: number | undefined;
  readonly maxLength: number | undefined;
  /** The only values there are. */
  readonly options: readonly string[] | undefined;
}

/** A custom field that is filled from the directory. */
export interface CustomField {
  readonly path: CustomFieldPath;
  /** Where several name the field, the last that has a value counts, as in Rocket.Chat. */
  readonly sources: readonly AttributeSource[];
  readonly rule: CustomFieldRule;
}

const PREFIX = 'customFields.';

export function toCustomFieldPath(name: string): CustomFieldPath {
  return `${PREFIX}${name}`;
}

export function isCustomFieldPath(path: string): path is CustomFieldPath {
  return path.startsWith(PREFIX);
}

/** As the settings name it: `address.city`. */
export function toCustomFieldName(path: CustomFieldPath): string {
  return path.slice(PREFIX.length);
}
