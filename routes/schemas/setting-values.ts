import { z } from 'zod';

const MAX_SETTINGS = 200;
const value = z.union([z.boolean(), z.number(), z.string(), z.null()]);

/** Values of settings in a body. */
export const settingValues = z
  .record(z.string().max(80), value)
  .refine((record) => Object.keys(record).length > 0 && Object.keys(record).length <= MAX_SETTINGS)
  .meta({
    id: 'SettingValues',
    description: 'Setting → value; null for its default',
    minProperties: 1,
    maxProperties: MAX_SETTINGS,
  });

/** Goes on in a sentence about a body. */
export const SETTINGS_DEMAND =
  `"settings", {"LDAP_…": value} with 1 to ${MAX_SETTINGS} settings, each true, false, a number, a text, or null for ` +
  'its default';
