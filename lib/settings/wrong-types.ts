import { SETTINGS } from './definitions.js';
import type { SettingPart } from './definitions/definition.js';
import type { SettingProblem, Settings, WrongType } from './settings.js';

/** What each use of the directory reads: a sync, and a test of the connection. */
const DIRECTORY_PARTS: readonly SettingPart[] = ['connection', 'people', 'policy', 'guard', 'photos'];

/** What is stored of these parts and is of the wrong type. */
export function wrongTypesOf({ problems }: Settings, parts: readonly SettingPart[]): readonly WrongType[] {
  return problems.filter(({ setting }) => parts.includes(SETTINGS[setting].part));
}

/**
 * What is stored and of the wrong type, by whether it stands in the way of a run. What the directory has no
 * use for is left out.
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
      .map((problem) => ({ ...problem, message: `${problem.message} Its default is used.` })),
  };
}
