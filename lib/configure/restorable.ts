import { toFinding } from '../findings/finding.js';
import type { SettingsChangeRecord } from '../../models/settings-change.js';
import { SETTINGS, SETTING_IDS, type SettingId } from '../settings/definitions.js';
import { toType, type RawSettings, type SettingProblem } from '../settings/settings.js';
import type { SettingValues } from './check-changes.js';

/** What was stored before a change; `undefined`: there is no such change. `newestFirst`: all changes. */
export async function findEarlier(
  changeId: string,
  newestFirst: AsyncIterable<SettingsChangeRecord>,
): Promise<SettingValues | undefined> {
  const earlier = new Map<string, unknown>();
  for await (const { _id, changes } of newestFirst) {
    for (const one of changes) if ('from' in one) earlier.set(one.setting, one.from);
    if (_id === changeId) return earlier;
  }
  return undefined;
}

/**
 * What of it can be restored. A host may have stored a value of another type, which becomes one of the type or the
 * default; what the environment overrides, or nobody knows any more, stays as it is.
 */
export function toRestorable(
  earlier: SettingValues,
  { overridden }: RawSettings,
): { readonly values: SettingValues; readonly warnings: readonly SettingProblem[] } {
  const warnings: SettingProblem[] = [];
  const values = new Map<string, unknown>();
  for (const [setting, from] of earlier) {
    const isKnown = SETTING_IDS.includes(setting as SettingId);
    if (isKnown && !overridden.has(setting)) {
      values.set(setting, from === null ? null : (toType(from, SETTINGS[setting as SettingId].type) ?? null));
      continue;
    }
    const code = isKnown ? 'not-restored-overridden' : 'not-restored-unknown';
    warnings.push({ setting, ...toFinding(code, { setting }) });
  }
  return { values, warnings };
}
