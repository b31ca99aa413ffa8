import type { SweepEnd } from '../directory/directory.js';
import { isMutableIdAttribute } from '../mapping/ldap-identity.js';
import type { SyncSettings } from '../settings/sync-settings.js';
import type { Survey } from '../survey/survey.js';
import { toNewlyCountingProblem } from './newly-counting.js';
import type { SweepState } from './removals/sweep-state.js';
import type { ActiveRun } from './run/active-run.js';
import type { Tally } from './run/tally.js';
import { toUnknownStates } from './unknown-states.js';

/**
 * Says what the sweep has shown to be wrong with the directory or with the id that people are told apart by.
 */
export function reportSweep(
  state: SweepState,
  end: SweepEnd,
  { run: { tally }, survey }: { readonly run: ActiveRun; readonly survey: Survey },
): void {
  if (!end.complete) tally.problem({ message: end.message, remedy: end.remedy });
  else if (end.notice) tally.problem(end.notice);
  if (state.read === 0) {
    tally.problem({
      message: 'The directory returned no entry at all.',
      remedy: 'Check LDAP_BaseDN, LDAP_User_Search_Filter and the read rights of the service account.',
      setting: 'LDAP_BaseDN',
    });
  }
  // Before the first import that is said with the attribute to take instead.
  if (survey.isFirstImport) return;
  const mutable = [...state.idAttributes].filter(isMutableIdAttribute);
  if (mutable.length > 0) {
    tally.problem({
      message:
        `People are told apart by ${mutable.join(', ')}: whoever is renamed there becomes a new person ` +
        'here.',
      remedy:
        'Put an attribute that never changes (entryUUID, objectGUID, ipaUniqueID) first into ' +
        'LDAP_Unique_Identifier_Field before the first sync.',
      setting: 'LDAP_Unique_Identifier_Field',
    });
  }
}

/**
 * Says of whom it is not known whether they are disabled, and by what somebody is disabled for the first
 * time.
 */
export function reportStates(state: SweepState, settings: SyncSettings, tally: Tally): void {
  for (const problem of [toUnknownStates(state, settings), toNewlyCountingProblem(state, settings)])
    if (problem) tally.problem(problem);
}
