import { SETTINGS, type SettingId } from './definitions.js';
import { ADDITIONS } from './effects/additions.js';
import type { SettingEffect } from './effects/effect.js';
import { WITHOUT_EFFECT } from './effects/without-effect.js';

/** Settings of Rocket.Chat that its LDAP reads and this package does not follow. */
const UNFOLLOWED = { ...ADDITIONS, ...WITHOUT_EFFECT };

export type UnfollowedId = keyof typeof UNFOLLOWED;

/**
 * What each setting does here: those of Rocket.Chat's LDAP, those it reads besides, and this package's own.
 */
export const SETTING_EFFECTS: Readonly<Record<SettingId | UnfollowedId, SettingEffect>> = {
  ...toUsed(),
  ...UNFOLLOWED,
};

/** Settings that have no effect here. */
export const UNFOLLOWED_IDS = Object.keys(UNFOLLOWED) as readonly UnfollowedId[];

function toUsed(): Record<SettingId, SettingEffect> {
  const rows = Object.entries(SETTINGS).map(([id, { about }]) => [id, { kind: 'used', about }]);
  return Object.fromEntries(rows) as Record<SettingId, SettingEffect>;
}
