import { toFinding } from '../findings/finding.js';
import { SETTINGS, type NumberId } from './definitions.js';
import type { TellProblem } from './setting-types.js';
import type { Settings } from './settings.js';

/** Numbers, each by the range of its definition; both ends belong to it. */
export interface NumberChecks {
  /** A number out of the setting's range is a problem. */
  number(setting: NumberId): number;
  /**
   * Like `number`, but a number out of range (0, as when somebody means "off") only brings the default and a
   * warning.
   */
  numberOrDefault(setting: NumberId): number;
  /** Like `number`, but what is out of range becomes the nearest number in it. */
  nearest(setting: NumberId): number;
}

export function createNumberChecks(
  { get }: Settings,
  { reject, warn }: { readonly reject: TellProblem; readonly warn: TellProblem },
): NumberChecks {
  return {
    number(setting) {
      const { min, max } = SETTINGS[setting].range;
      const value = get(setting);
      if (value < min || value > max) {
        reject(setting, toFinding('number-out-of-range', { setting, ...toTexts({ value, min, max }) }));
      }
      return value;
    },
    numberOrDefault(setting) {
      const { min, max } = SETTINGS[setting].range;
      const value = get(setting);
      if (value >= min && value <= max) return value;
      const fallback = SETTINGS[setting].default;
      const texts = toTexts({ value, min, max, default: fallback });
      warn(setting, toFinding('number-so-default', { setting, ...texts }));
      return fallback;
    },
    nearest(setting) {
      const { min, max } = SETTINGS[setting].range;
      return Math.min(max, Math.max(min, get(setting)));
    },
  };
}

/** Numbers of settings are typed as they stand, without marks between thousands. */
function toTexts<Name extends string>(values: Readonly<Record<Name, number>>): Record<Name, string> {
  const texts = Object.entries<number>(values).map(([name, value]) => [name, String(value)]);
  return Object.fromEntries(texts) as Record<Name, string>;
}
