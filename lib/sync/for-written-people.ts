import type { SyncSettings } from '../settings/sync-settings.js';

/**
 * The settings of a run, without what only written people get, where the run brings nothing but photos and ABAC
 * attributes: what groups give is not read, and nothing is said about maps that are not used. Who is synced stays.
 */
export function forWrittenPeople(settings: SyncSettings): SyncSettings {
  if (writesPeople(settings.policy)) return settings;
  return { ...settings, grants: {} };
}

function writesPeople({ syncUsers, importNew, keepUpdated, mergeExisting }: SyncSettings['policy']): boolean {
  return syncUsers && (importNew || keepUpdated || mergeExisting);
}
