import type { UserRecord } from '../../../models/user.js';
import type { Person } from '../../mapping/map-entry.js';
import type { PersonPart } from '../../mapping/person-attributes.js';
import type { SettingId } from '../../settings/definitions.js';
import type { ActiveStatePolicy } from '../../settings/active-state.js';
import type {
  MappingSettings,
  NewUserSettings,
  RoleRules,
  SyncSettings,
} from '../../settings/sync-settings.js';
import type { Newcomer } from './newcomer.js';

/** What the settings of a run fill, beside what every run fills. @default none */
export type FilledFields = Partial<Pick<MappingSettings, 'customFields' | 'abac'>>;

export interface DiffSettings extends FilledFields {
  readonly emailsVerified: boolean;
  readonly activeState: ActiveStatePolicy;
  /** Which roles groups give. @default none */
  readonly roleRules?: RoleRules | undefined;
}

/** What of the settings of a run says how people and users differ. */
export function toDiffSettings({ newUser, policy, mapping, roleRules }: SyncSettings): DiffSettings {
  return {
    emailsVerified: newUser.emailsVerified,
    activeState: policy.activeState,
    ...(mapping.customFields ? { customFields: mapping.customFields } : {}),
    ...(mapping.abac ? { abac: mapping.abac } : {}),
    roleRules,
  };
}

/** How a value from the directory and a stored one come together. */
export type FieldMerge =
  /** The whole value takes the place of the stored one. */
  | {
      readonly kind: 'replace';
      isSame(wanted: unknown, stored: unknown): boolean;
      /** Whether something of the stored value would be gone. */
      losesSomething(wanted: unknown, stored: unknown): boolean;
    }
  /**
   * A list of which each value is given or taken by itself, because the host has values of its own in it.
   * Only values that the directory governs are taken.
   */
  | { readonly kind: 'add'; governs(value: unknown, settings: Pick<DiffSettings, 'roleRules'>): boolean }
  /** A way of its own. */
  | { readonly kind: 'own'; toDifference(wanted: unknown, stored: unknown): FieldDifference };

/** What is to be done about one field. */
export interface FieldDifference {
  /** Written at once; absent: nothing. */
  readonly set?: unknown;
  /** What takes the place of the stored value when something is lost; `to` is `undefined` for nothing. */
  readonly clear?: { readonly to: unknown };
}

/** What losing the value of a field means. */
export type FieldLoss =
  /** No entry can take it away. */
  | 'never'
  /** The loss is a clearing: it waits for the end of the sweep, and meets the guard. */
  | {
      /** What is lost, in words. */
      readonly what: string;
      /**
       * Whether the entry has a value of its own. While none has one, nobody loses theirs without an
       * approval: the attribute may be misspelt, or unreadable.
       */
      isFilled(person: Person): boolean;
    };

/** How a field follows from a part of the person. */
export interface FieldMapping {
  readonly part: Exclude<PersonPart, 'disabled'>;
  /** The setting that names the attributes. Active Directory has some of its own. */
  readonly by: { readonly ad: SettingId; readonly other: SettingId };
  readonly loss: FieldLoss;
  /** What is said when the setting names no attribute. */
  readonly unmapped?: string;
}

/** Everything that the engine knows about one field of the user. */
export interface FieldRules {
  /** Absent: all linked users have the same. */
  readonly mapped?: FieldMapping;
  /** `undefined`: the directory says nothing, and what is stored stays. `null`: the person has none. */
  wanted(person: Person, user: UserRecord, settings: DiffSettings): unknown;
  stored(user: UserRecord): unknown;
  readonly merge: FieldMerge;
  /** What a new user gets; `undefined`: nothing. */
  ofNewUser(
    newcomer: Newcomer,
    settings: Omit<NewUserSettings, 'allowedDomains'> & Pick<DiffSettings, 'roleRules'>,
  ): unknown;
  /** Whether the history tells what a new user got: it leaves out what all have in common. */
  readonly isTold: boolean;
}
