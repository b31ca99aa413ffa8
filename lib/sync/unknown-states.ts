import type { RunProblem } from '../../models/run-report.js';
import { followsDisabling } from '../settings/active-state.js';
import type { SyncSettings } from '../settings/sync-settings.js';
import { STATE_SOURCES } from './removals/state-sources.js';
import type { SweepState } from './removals/sweep-state.js';

/** The problem of a run that could not see of somebody whether the person is disabled; `undefined`: of nobody. Pure. */
export function toUnknownStates(
  { stateUnknown, read }: Pick<SweepState, 'stateUnknown' | 'read'>,
  { mapping: { stateReading = 'optional' }, policy }: SyncSettings,
): RunProblem | undefined {
  if (stateUnknown === 0 || policy.activeState === 'none') return undefined;
  const { attribute, remedy } = STATE_SOURCES[stateReading];
  const newcomers = followsDisabling(policy.activeState)
    ? ' Whoever is new among them was created switched off, as pending approval.'
    : '';
  return {
    message:
      `Of ${stateUnknown} of ${read} entries the service account cannot see whether the person is disabled ` +
      `(${attribute}). Nobody of them was switched off or on for it.${newcomers}`,
    remedy,
    setting: 'LDAP_Sync_User_Active_State',
  };
}
