import type { GivenValues, SettingProblem } from '../api/settings-answers.js';

/** Only of a password it is said that it has to be given in the call. */
export function isPasswordWanted({ setting }: SettingProblem, given: GivenValues): boolean {
  return isPassword(setting) && !Object.hasOwn(given, setting);
}

export function isPassword(setting: string): boolean {
  return setting.endsWith('_Password');
}
