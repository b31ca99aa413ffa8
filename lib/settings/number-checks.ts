import { SETTINGS } from './definitions.js';
import type { NumberSetting, TellProblem } from './setting-types.js';
import type { Settings } from './settings.js';

/** Both ends belong to it. */
export interface NumberRange {
  readonly min: number;
  readonly max: number;
}

export interface NumberChecks {
  number(setting: NumberSetting, range: NumberRange): number;
  /**
   * Like `number`, but a number out of range (0, as when somebody means "off") only brings the default and a
   * warning.
   */
  numberOrDefault(setting: NumberSetting, range: NumberRange): number;
}

export function createNumberChecks(
  { get }: Settings,
  { reject, warn }: { readonly reject: TellProblem; readonly warn: TellProblem },
): NumberChecks {
  return {
    number(setting, { min, max }) {
      const value = get(setting);
      if (value < min || value > max) {
        reject(setting, `${setting} is ${value}.`, `Set ${setting} to a number from ${min} to ${max}.`);
      }
      return value;
    },
    numberOrDefault(setting, { min, max }) {
      const value = get(setting);
      if (value >= min && value <= max) return value;
      const fallback = SETTINGS[setting].default;
      warn(
        setting,
        `${setting} is ${value}; its default (${fallback}) is used.`,
        `Set ${setting} to a number from ${min} to ${max}.`,
      );
      return fallback;
    },
  };
}
