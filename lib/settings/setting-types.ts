import type { Finding } from '../findings/finding.js';
import type { SettingId, SettingValue } from './definitions.js';

type SettingOf<T> = { [Id in SettingId]: SettingValue<Id> extends T ? Id : never }[SettingId];

/** The settings that are texts. */
export type StringSetting = SettingOf<string>;

/** Tells of something that is wrong with a setting. */
export type TellProblem = (setting: string, finding: Finding) => void;
