import { review } from './words/en/review.js';
import { schedule } from './words/en/schedule.js';
import { settings } from './words/en/settings.js';
import { tests } from './words/en/tests.js';

/** The words of Settings and of Schedule and hosts, in English. */
export const settingsEn = { ...settings, ...tests, ...review, ...schedule };

export type SettingsWordKey = keyof typeof settingsEn;
