import { toFinding } from '../findings/finding.js';
import type { PlanRecord } from '../../models/sync-plan.js';
import type { SettingProblem } from '../settings/settings.js';
import { UnusableSettingsError } from '../settings/unusable-settings-error.js';
import type { SettingValues } from './check-changes.js';

/**
 * The values of a plan that are still to be saved. Throws an {@link UnusableSettingsError} where other secrets are given than
 * those that are needed.
 */
export function toPlannedValues(
  plan: PlanRecord,
  secrets: SettingValues,
  { isSaved }: { readonly isSaved: boolean },
): SettingValues {
  return isSaved ? withoutSecrets(secrets) : withSecrets(plan, secrets);
}

/** Nobody is told whether a secret is the one that is saved. */
function withoutSecrets(given: SettingValues): SettingValues {
  const problems = [...given.keys()].map(toSaved);
  if (problems.length > 0) throw new UnusableSettingsError(problems);
  return new Map();
}

/** Each secret of the plan has to be given again, and no other. */
function withSecrets({ values, secrets }: PlanRecord, given: SettingValues): SettingValues {
  const problems = [
    ...secrets.flatMap((setting) => (given.has(setting) ? [] : [toMissing(setting)])),
    ...[...given.keys()].flatMap((setting) => (secrets.includes(setting) ? [] : [toNotPlanned(setting)])),
  ];
  if (problems.length > 0) throw new UnusableSettingsError(problems);
  return new Map<string, unknown>([
    ...values.map(({ setting, value }) => [setting, value] as const),
    ...given,
  ]);
}

function toMissing(setting: string): SettingProblem {
  return { setting, ...toFinding('plan-secret-missing', { setting }) };
}

function toSaved(setting: string): SettingProblem {
  return { setting, ...toFinding('plan-secret-saved', { setting }) };
}

function toNotPlanned(setting: string): SettingProblem {
  return { setting, ...toFinding('plan-secret-unplanned', { setting }) };
}
