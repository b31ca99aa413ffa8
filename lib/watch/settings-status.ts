import type { RunProblem } from '../../models/run-report.js';
import { parseSyncSettings } from '../settings/parse-sync-settings.js';
import type { Settings } from '../settings/settings.js';
import { findStoredWithoutEffect, type StoredWithoutEffect } from '../settings/stored-without-effect.js';

/** What is to be known of the settings. */
export interface SettingsStatus {
  readonly enabled: boolean;
  readonly problems: readonly RunProblem[];
  /** Stored settings whose value does not matter here, 100 at most. */
  readonly withoutEffect: readonly StoredWithoutEffect[];
}

export function toSettingsStatus(settings: Settings): SettingsStatus {
  const parsed = parseSyncSettings(settings);
  return {
    enabled: settings.get('LDAP_Enable'),
    problems: [...(parsed.ok ? [] : parsed.problems), ...parsed.warnings],
    withoutEffect: findStoredWithoutEffect(settings),
  };
}
