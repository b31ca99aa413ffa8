import { z } from 'zod';
import type { Call } from './checks.js';
import type { SettingValues } from '../lib/configure/check-changes.js';

const MAX_SETTINGS = 200;
const value = z.union([z.boolean(), z.number(), z.string(), z.null()]);

/** Values of settings in a body. */
export const settingValues = z
  .record(z.string().max(80), value)
  .refine((record) => Object.keys(record).length > 0 && Object.keys(record).length <= MAX_SETTINGS);

export type SettingValuesBody = z.infer<typeof settingValues>;

/** Goes on in a sentence about a body. */
export const SETTINGS_DEMAND =
  `"settings", {"LDAP_…": value} with 1 to ${MAX_SETTINGS} settings, each true, false, a number, a text, or null for ` +
  'its default';

export function toSettingValues(values: SettingValuesBody): SettingValues {
  return new Map(Object.entries(values));
}

/** Whether the body holds settings that are to be tried out: as much as a change of them may lead anywhere. */
export function triesSettings({ request }: Call): boolean {
  const body: unknown = request.body;
  return typeof body === 'object' && body !== null && 'settings' in body;
}
