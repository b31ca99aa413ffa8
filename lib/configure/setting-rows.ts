import { SETTINGS, type SettingId } from '../settings/definitions.js';
import type { NumberRange, SettingDefinition, SettingPart } from '../settings/definitions/definition.js';
import { SETTING_EFFECTS } from '../settings/setting-effects.js';
import type { RawSettings } from '../settings/settings.js';
import { isSecret } from '../settings/secret-settings.js';

/** One setting, as `ldap.settings` shows it. */
export interface SettingRow {
  readonly setting: string;
  /** What counts now; absent of a secret. */
  readonly value?: unknown;
  readonly isSecret: boolean;
  /** Where the value comes from. */
  readonly source: 'environment' | 'database' | 'default';
  /** Absent of a setting that this package does not read. */
  readonly default?: boolean | number | string;
  readonly type?: SettingDefinition['type'];
  readonly range?: NumberRange | readonly string[];
  readonly part?: SettingPart;
  readonly about: string;
  readonly effect: (typeof SETTING_EFFECTS)[SettingId]['kind'];
}

/** Texts that nobody has written by hand are cut in an answer. */
const MAX_LENGTH = 64 * 1024;

/** All settings, those that have no effect here, too. */
export function toSettingRows({ values, overridden }: RawSettings): readonly SettingRow[] {
  return Object.entries(SETTING_EFFECTS).map(([setting, effect]): SettingRow => {
    const definition: SettingDefinition | undefined = Object.hasOwn(SETTINGS, setting)
      ? SETTINGS[setting as SettingId]
      : undefined;
    const stored = values.get(setting);
    const isStored = stored !== undefined && stored !== null;
    const value = isStored ? stored : definition?.default;
    return {
      setting,
      ...(isSecret(setting) || value === undefined ? {} : { value: toShown(value) }),
      isSecret: isSecret(setting),
      source: overridden.has(setting) ? 'environment' : isStored ? 'database' : 'default',
      ...(definition ? toMeaning(definition) : {}),
      about: effect.about,
      effect: effect.kind,
    };
  });
}

function toMeaning({ type, default: usual, part, ...others }: SettingDefinition): Partial<SettingRow> {
  return { type, default: usual, part, ...('range' in others ? { range: others.range } : {}) };
}

/** What is stored may be anything. */
function toShown(value: unknown): unknown {
  if (typeof value === 'boolean' || typeof value === 'number') return value;
  return typeof value === 'string' ? value.slice(0, MAX_LENGTH) : `(a value of type ${typeof value})`;
}
