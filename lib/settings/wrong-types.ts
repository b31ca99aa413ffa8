import type { SettingProblem, Settings } from './settings.js';

/**
 * Settings whose default is the careful choice: a bad value of theirs must neither loosen anything nor stop
 * the sync.
 */
const HAS_SAFE_DEFAULT = /^(?:LDAP_(?:Guard|Sync_History|Sync_Mail)_|Accounts_Avatar)/;

/**
 * What is stored and of the wrong type, by whether it stands in the way of a run. What LDAP does not read is
 * left out.
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
