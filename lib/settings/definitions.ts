import { ABAC } from './definitions/abac.js';
import { AUTO_LOGOUT } from './definitions/auto-logout.js';
import { CALLS, MAIL } from './definitions/calls-and-mail.js';
import { CONNECTION } from './definitions/connection.js';
import { CUSTOM_FIELDS } from './definitions/custom-fields.js';
import type { NumberRange, SettingDefinition } from './definitions/definition.js';
import { FEDERATION } from './definitions/federation.js';
import { GROUP_GRANTS } from './definitions/group-grants.js';
import { GROUP_FILTER } from './definitions/group-filter.js';
import { GUARD } from './definitions/guard.js';
import { NEW_USERS, PHOTOS } from './definitions/new-users.js';
import { PEOPLE } from './definitions/people.js';
import { POLICY } from './definitions/policy.js';
import { ROOMS } from './definitions/rooms.js';
import { SCHEDULE } from './definitions/schedule.js';
import { SECOND_FACTOR } from './definitions/second-factor.js';
import { ATTRIBUTES } from './definitions/attributes.js';

/**
 * The settings this package reads, with Rocket.Chat's ids (misspellings included) and defaults.
 * A setting without a document in `rocketchat_settings` has its default. docs/settings.md is made of them.
 */
export const SETTINGS = {
  ...CONNECTION,
  ...PEOPLE,
  ...GROUP_FILTER,
  ...GROUP_GRANTS,
  ...ROOMS,
  ...FEDERATION,
  ...ATTRIBUTES,
  ...CUSTOM_FIELDS,
  ...ABAC,
  ...POLICY,
  ...AUTO_LOGOUT,
  ...GUARD,
  ...SCHEDULE,
  ...NEW_USERS,
  ...PHOTOS,
  ...SECOND_FACTOR,
  ...CALLS,
  ...MAIL,
} as const satisfies Record<string, SettingDefinition>;

type Settings = typeof SETTINGS;

export type SettingId = keyof Settings;

/** The value of a setting by its id: `boolean`, `number` or `string`. */
export type SettingValue<Id extends SettingId> = Settings[Id]['default'];

/** The settings whose value is one of a few texts. */
export type ChoiceId = {
  [Id in SettingId]: Settings[Id] extends { readonly range: readonly string[] } ? Id : never;
}[SettingId];

/** What a setting with few values may be. */
export type Choice<Id extends ChoiceId> = Settings[Id]['range'][number];

/** The settings whose value is a number within a range. */
export type NumberId = {
  [Id in SettingId]: Settings[Id] extends { readonly range: NumberRange } ? Id : never;
}[SettingId];

export const SETTING_IDS = Object.keys(SETTINGS) as readonly SettingId[];
