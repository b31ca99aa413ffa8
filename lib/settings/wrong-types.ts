import type { SettingProblem, Settings } from './settings.js';

/** Settings whose default is the careful choice: a bad value neither loosens anything nor stops the sync. */
const HAS_SAFE_DEFAULT = /^(?:LDAP_(?:Guard|Sync_History|Sync_Mail)_|Accounts_Avatar)/;

/**
 * Sorts the stored values of a wrong type into those that stop a run and those that do not. Settings that a
 * sync does not read are left out.
 */
export function sortWrongTypes({ problems }: Settings): {
  problems: SettingProblem[];
  warnings: SettingProblem[];
} {
  const isSafe = ({ setting }: SettingProblem): boolean => HAS_SAFE_DEFAULT.test(setting);
  return {
    problems: problems.filter((problem) => problem.setting.startsWith('LDAP_') && !isSafe(problem)),
    warnings: problems
      .filter(isSafe)
      .map((problem) => ({ ...problem, message: `${problem.message} Its default is used.` })),
  };
}
