import { showInvisible } from '../invisible-characters.js';
import type { SettingEffect } from './effects/effect.js';
import { SETTING_EFFECTS } from './setting-effects.js';
import type { Settings } from './settings.js';

/** A setting that is stored, and whose value does not matter here. Never holds the value. */
export interface StoredWithoutEffect {
  readonly setting: string;
  readonly why: string;
}

/** More than this is not listed, nor more of an id shown. */
const MAX_LISTED = 100;
const MAX_ID = 80;

const EFFECTS: Readonly<Record<string, SettingEffect>> = SETTING_EFFECTS;

/** Every stored setting that does nothing here, and why. Pure. */
export function findStoredWithoutEffect({
  idsWithoutEffect,
}: Pick<Settings, 'idsWithoutEffect'>): readonly StoredWithoutEffect[] {
  return idsWithoutEffect.slice(0, MAX_LISTED).map((id) => ({
    setting: showInvisible(id.slice(0, MAX_ID)),
    why: toWhy(Object.hasOwn(EFFECTS, id) ? EFFECTS[id] : undefined),
  }));
}

function toWhy(effect: SettingEffect | undefined): string {
  return effect ? effect.about : 'It is not known here.';
}
