import type { PersonPart } from '../mapping/person-attributes.js';
import type { SettingId } from '../settings/definitions.js';

/** What a field of the user is made of. */
export interface ExplainedField {
  readonly field: Exclude<PersonPart, 'disabled'> | 'active' | 'roles';
  /** As a sync would take it; `null`: the entry gives nothing. Photos are their SHA-256 (hex) and size. */
  readonly value: unknown;
  /** The setting that says which attributes count. */
  readonly setting: SettingId;
  readonly attributes: readonly string[];
  readonly note?: string;
}
