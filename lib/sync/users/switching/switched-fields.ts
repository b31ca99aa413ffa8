import type { SwitchedKind } from '../../../../models/switched-document.js';

/** What of a document is changed while a user is off. */
export interface SwitchedFields {
  readonly collection: string;
  /** The fields while the user is off; `undefined`: the field is absent. */
  readonly off: Readonly<Record<string, unknown>>;
}

/** Kinds whose fields have fixed values while a user is off: those of Rocket.Chat. */
export const SWITCHED_FIELDS: Readonly<Record<Exclude<SwitchedKind, 'owner'>, SwitchedFields>> = {
  agent: { collection: 'users', off: { statusLivechat: 'not-available', extension: undefined } },
  room: { collection: 'rocketchat_room', off: { ro: true, reactWhenReadOnly: false } },
  subscription: { collection: 'rocketchat_subscription', off: { archived: true } },
};

export type Fields = Readonly<Record<string, unknown>>;

export interface FieldsUpdate {
  readonly $set?: Fields;
  readonly $unset?: Fields;
}

/** Gives fields these values; `undefined` removes one. */
export function toFieldsUpdate(values: Fields): FieldsUpdate {
  const entries = Object.entries(values);
  const set = entries.filter(([, value]) => value !== undefined);
  const unset = entries.filter(([, value]) => value === undefined).map(([field]) => [field, ''] as const);
  return {
    ...(set.length > 0 ? { $set: Object.fromEntries(set) } : {}),
    ...(unset.length > 0 ? { $unset: Object.fromEntries(unset) } : {}),
  };
}

/** The fields that a document does not have as they are while a user is off. */
export function toChangedFields(document: Fields, off: Fields): readonly string[] {
  return Object.keys(off).filter((field) => document[field] !== off[field]);
}
