import type { StringSetting } from './setting-types.js';

interface TextFieldSetting {
  /** Names the attribute; empty: the field is not synced. */
  readonly setting: StringSetting;
  /** Its name in {@link MappingSettings}. */
  readonly attribute: string;
  /** What it is, in words. */
  readonly what: string;
}

/**
 * The fields of a person that are the text of one attribute. A row here asks for a setting, and for a managed
 * field of the user (`lib/sync/plan/managed-fields.ts`); the mapping follows by itself.
 */
export const TEXT_FIELDS = {
  sipExtension: {
    setting: 'LDAP_Extension_Field',
    attribute: 'extensionAttribute',
    what: 'extension',
  },
} as const satisfies Record<string, TextFieldSetting>;

export type TextField = keyof typeof TEXT_FIELDS;

export const TEXT_FIELD_NAMES = Object.keys(TEXT_FIELDS) as readonly TextField[];

/** The attribute of each text field; absent: the field is not synced. */
export type TextAttributes = {
  readonly [Field in TextField as (typeof TEXT_FIELDS)[Field]['attribute']]?: string | undefined;
};

/** The attribute of one text field. */
export function toTextAttribute(attributes: TextAttributes, field: TextField): string | undefined {
  return attributes[TEXT_FIELDS[field].attribute];
}
