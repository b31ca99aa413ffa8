import { SETTINGS, type SettingId } from './definitions.js';
import type { SettingEffect } from './effects/effect.js';
import { NARROWING } from './effects/narrowing.js';
import { WITHOUT_EFFECT } from './effects/without-effect.js';

/** Settings of Rocket.Chat that its LDAP reads and this package does not follow. */
const UNFOLLOWED = { ...NARROWING, ...WITHOUT_EFFECT };

export type UnfollowedId = keyof typeof UNFOLLOWED;

/**
 * What each setting does here: those of Rocket.Chat's LDAP, those it reads besides, and this package's own.
 */
export const SETTING_EFFECTS: Readonly<Record<SettingId | UnfollowedId, SettingEffect>> = {
  ...toUsed(),
  ...UNFOLLOWED,
};

/** Settings whose value asks for something that this package does not do. */
export const WATCHED_IDS = (Object.keys(UNFOLLOWED) as UnfollowedId[]).filter((id) => {
  const { kind } = SETTING_EFFECTS[id];
  return kind === 'refused' || kind === 'missing';
});

function toUsed(): Record<SettingId, SettingEffect> {
  const rows = Object.entries(SETTINGS).map(([id, { about }]) => [id, { kind: 'used', about }]);
  return Object.fromEntries(rows) as Record<SettingId, SettingEffect>;
}
