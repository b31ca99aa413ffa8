import type { RunProblem } from '../../models/run-report.js';
import { parseSyncSettings } from '../settings/parse-sync-settings.js';
import type { SettingProblem, Settings } from '../settings/settings.js';
import { findStoredWithoutEffect, type StoredWithoutEffect } from '../settings/stored-without-effect.js';

/** What is to be known of the settings. */
export interface SettingsStatus {
  readonly enabled: boolean;
  readonly problems: readonly RunProblem[];
  /** Stored settings whose value does not matter here, 100 at most. */
  readonly withoutEffect: readonly StoredWithoutEffect[];
}

function toRunProblem({ setting, message, remedy }: SettingProblem): RunProblem {
  return { setting, message, remedy };
}

export function toSettingsStatus(settings: Settings): SettingsStatus {
  const parsed = parseSyncSettings(settings);
  return {
    enabled: settings.get('LDAP_Enable'),
    problems: [...(parsed.ok ? [] : parsed.problems), ...parsed.warnings].map(toRunProblem),
    withoutEffect: findStoredWithoutEffect(settings),
  };
}
