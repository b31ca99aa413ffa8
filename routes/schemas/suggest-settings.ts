import { z } from 'zod';
import { SETTINGS_DEMAND, settingValues } from './setting-values.js';

export const suggestSettingsBody = z.strictObject({ settings: settingValues.optional() }).default({});
export const suggestSettingsDemand = `The body may have ${SETTINGS_DEMAND}; and nothing else`;
export const suggestSettingsAnswer = z.looseObject({});
