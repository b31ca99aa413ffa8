import type { Answer, Asked, Change, Run, RunWithRows } from '../../client/index.js';

/** A report without its lists, and with the first rows of them. */
export type { Change };
export type RunSummary = Run;
export type Report = RunWithRows;
export type Status = Answer<'status'>;
export type Settings = Answer<'settings'>;
export type SettingRow = Settings['settings'][number];
export type Changed = Answer<'changeSettings'>;
export type SettingValues = Asked<'changeSettings'>['settings'];
export type Explanation = Answer<'explainUser'>;
export type SettingsChange = Answer<'settingsHistory'>['changes'][number];
