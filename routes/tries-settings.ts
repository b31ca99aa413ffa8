import type { SettingValues } from '../lib/configure/check-changes.js';
import type { Call } from './checks.js';

/** Whether the body holds settings that are to be tried out: as much as a change of them may lead anywhere. */
export function triesSettings({ request }: Call): boolean {
  const body: unknown = request.body;
  return typeof body === 'object' && body !== null && 'settings' in body;
}

/** Values of settings as the parts of the package pass them on. */
export function toSettingValues(values: Readonly<Record<string, unknown>>): SettingValues {
  return new Map(Object.entries(values));
}
