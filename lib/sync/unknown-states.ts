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
    ? ' Who is new among them starts switched off, as pending approval.'
    : '';
  return {
    message:
      `Whether somebody is disabled cannot be seen in ${stateUnknown} of ${read} entries: the service ` +
      `account finds no usable ${attribute} there. These people are neither switched off nor on for ` +
      `it.${newcomers}`,
    remedy,
    setting: 'LDAP_Sync_User_Active_State',
  };
}
