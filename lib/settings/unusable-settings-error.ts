import { LdapSyncError } from '../errors.js';
import type { SettingProblem } from './settings.js';

/** Settings with which no directory can be asked; `problems` are all of them. */
export class UnusableSettingsError extends LdapSyncError {
  readonly problems: readonly SettingProblem[];

  constructor(problems: readonly SettingProblem[]) {
    const [first] = problems;
    super('invalid-settings', first?.message ?? 'The settings cannot be used.', {
      remedy: first?.remedy ?? 'Correct the settings.',
    });
    this.problems = problems;
  }
}
