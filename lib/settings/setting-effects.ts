import { SETTINGS, type SettingId } from './definitions.js';
import type { SettingEffect } from './effects/effect.js';
import { WITHOUT_EFFECT } from './effects/without-effect.js';

/** Settings of Rocket.Chat that its LDAP reads and that have no effect here. */
export type UnfollowedId = keyof typeof WITHOUT_EFFECT;

/**
 * What each setting does here: those of Rocket.Chat's LDAP, those it reads besides, and this package's own.
 */
export const SETTING_EFFECTS: Readonly<Record<SettingId | UnfollowedId, SettingEffect>> = {
  ...toUsed(),
  ...WITHOUT_EFFECT,
};

/** Settings that have no effect here. */
export const UNFOLLOWED_IDS = Object.keys(WITHOUT_EFFECT) as readonly UnfollowedId[];

function toUsed(): Record<SettingId, SettingEffect> {
  const rows = Object.entries(SETTINGS).map(([id, { about }]) => [id, { kind: 'used', about }]);
  return Object.fromEntries(rows) as Record<SettingId, SettingEffect>;
}
