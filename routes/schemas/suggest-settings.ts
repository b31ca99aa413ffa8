import { z } from 'zod';
import { settingValues } from '../setting-values.js';

export const suggestSettingsBody = z.strictObject({ settings: settingValues.optional() }).default({});
