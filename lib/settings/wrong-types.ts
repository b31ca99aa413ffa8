import { toFinding } from '../findings/finding.js';
import { SETTINGS } from './definitions.js';
import type { SettingPart } from './definitions/definition.js';
import type { SettingProblem, Settings, WrongType } from './settings.js';

/** What each use of the directory reads: a sync, and a test of the connection. */
export const DIRECTORY_PARTS: readonly SettingPart[] = ['connection', 'people', 'policy', 'guard', 'photos'];

/** Stored values of these parts that are of the wrong type. */
export function wrongTypesOf({ problems }: Settings, parts: readonly SettingPart[]): readonly WrongType[] {
  return problems.filter(({ setting }) => parts.includes(SETTINGS[setting].part));
}

const SO_DEFAULT = {
  boolean: 'not-a-boolean-so-default',
  int: 'not-a-number-so-default',
  string: 'not-a-text-so-default',
} as const;

/**
 * Stored values of the wrong type, by whether they stand in the way of a run. Settings that no use of the
 * directory reads are left out.
 */
export function sortWrongTypes(settings: Settings): {
  problems: SettingProblem[];
  warnings: SettingProblem[];
} {
  const wrong = wrongTypesOf(settings, DIRECTORY_PARTS);
  return {
    problems: wrong.filter(({ setting }) => !SETTINGS[setting].safe),
    warnings: wrong
      .filter(({ setting }) => SETTINGS[setting].safe)
      .map(({ setting }) => ({ setting, ...toFinding(SO_DEFAULT[SETTINGS[setting].type], { setting }) })),
  };
}
