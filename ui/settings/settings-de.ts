import type { Word } from '../words/word.js';
import type { SettingsWordKey } from './settings-en.js';
import { review } from './words/de/review.js';
import { schedule } from './words/de/schedule.js';
import { settings } from './words/de/settings.js';
import { tests } from './words/de/tests.js';

/** The words of Settings and of Schedule and hosts, in German. */
export const settingsDe: Readonly<Record<SettingsWordKey, Word>> = {
  ...settings,
  ...tests,
  ...review,
  ...schedule,
};
