import { z } from 'zod';
import { SECTION_NAMES } from '../../lib/probe/sections/section.js';
import { settingValues } from '../setting-values.js';

const username = z
  .union([z.string(), z.number()])
  .transform(String)
  .refine((text) => text.length > 0 && text.length <= 256);

export const testSearchBody = z.strictObject({ username });

export const testSettingsBody = z
  .strictObject({
    username: username.optional(),
    settings: settingValues.optional(),
    sections: z.array(z.enum(SECTION_NAMES)).min(1).max(SECTION_NAMES.length).optional(),
  })
  .default({});
