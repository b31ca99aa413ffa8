import type { Requester } from '../../models/run-report.js';
import type { PlanRecord } from '../../models/sync-plan.js';
import { LdapSyncError } from '../errors.js';
import { parseSettings, type RawSettings } from '../settings/settings.js';
import { UnusableSettingsError } from '../settings/unusable-settings-error.js';
import type { SavedTrial, Trial } from '../sync/run/trial.js';
import {
  assertWritable,
  createChangeSettings,
  type SettingsChanged,
  type SettingsPlace,
} from './change-settings.js';
import { checkChanges, type SettingValues } from './check-changes.js';
import { digestSettings } from './digest-settings.js';
import { toPlannedValues } from './planned-values.js';
import { isSharedWithRocketChat } from './shared-database.js';

/** A plan whose settings can still count. */
export interface OpenPlan {
  /** What an application sweeps with, and how it saves that. */
  toTrial(by: Requester): Trial;
  /** Rejects with `plan-outdated` when settings have been changed since the preview. */
  assertCurrent(): Promise<void>;
}

/** The settings as they are. */
interface Current {
  readonly raw: RawSettings;
  /** The newest change of them. */
  readonly revision: string | null;
  /** The change by which an earlier application has saved the plan. */
  readonly savedBy: string | undefined;
  /** An earlier application has saved the plan. */
  readonly isSaved: boolean;
}

/** `plan`: as it was kept; `undefined`: it is not, or no longer. Rejects with an `LdapSyncError`. */
export async function openPlan(
  plan: PlanRecord | undefined,
  secrets: SettingValues,
  place: SettingsPlace,
): Promise<OpenPlan> {
  if (!plan) throw expired();
  const current = await readCurrent(plan, place);
  const values = toPlannedValues(plan, secrets, current);
  const checked = checkChanges(values, current.raw);
  if (checked.problems.length > 0) throw new UnusableSettingsError(checked.problems);
  if (values.size > 0) await assertWritable(place);
  const unsaved = [...plan.values.map(({ setting }) => setting), ...plan.secrets];
  const settings = parseSettings(new Map([...current.raw.values, ...checked.values]));

  const save = async (by: Requester): Promise<SavedTrial> => {
    const { isSaved, savedBy, revision } = await readCurrent(plan, place);
    if (isSaved) {
      // The run that has saved them was cut off, and may not have said so.
      const isShared = await isSharedWithRocketChat(place.connection);
      return { changeId: savedBy, warnings: toWarnings({ warnings: [], isSharedWithRocketChat: isShared }) };
    }
    if (values.size === 0) return { changeId: undefined, warnings: [] };
    const { change } = createChangeSettings(place);
    const changed = await change({ values, revision }, by, { applies: plan._id });
    return { changeId: changed.revision ?? undefined, warnings: toWarnings(changed) };
  };

  return {
    toTrial: (by) => ({ settings, unsaved, save: () => save(by) }),
    async assertCurrent() {
      await readCurrent(plan, place);
    },
  };
}

/** Rejects with `plan-outdated` where they are neither as before the preview nor as the plan makes them. */
async function readCurrent(
  { _id, newestChange, digests }: PlanRecord,
  place: SettingsPlace,
): Promise<Current> {
  // First: whoever changes something after this is noticed by the number.
  const newest = await createChangeSettings(place).account.newest();
  const raw = await place.readRaw();
  const number = newest?.number ?? 0;
  const digest = digestSettings(raw);
  const revision = newest?._id ?? null;
  if (number === newestChange && digest === digests.before)
    return { raw, revision, savedBy: undefined, isSaved: false };
  if (number === newestChange + 1 && newest?.applies === _id && digest === digests.after)
    return { raw, revision, savedBy: newest._id, isSaved: true };
  throw outdated();
}

function toWarnings({
  warnings,
  isSharedWithRocketChat: isShared,
}: Pick<SettingsChanged, 'warnings' | 'isSharedWithRocketChat'>): SavedTrial['warnings'] {
  return isShared ? [...warnings, SHARED] : warnings;
}

const SHARED = {
  message:
    'The settings are saved. A Rocket.Chat on the same database may not see that until it is restarted.',
  remedy: 'Restart Rocket.Chat where it goes on with the earlier settings.',
} as const;

/** How long a preview can be applied. */
export const PLAN_HOURS = 24;
/** Most plans that are kept, whoever made them. */
export const MAX_PLANS = 100;

const ANEW = 'Make a preview anew (ldap.previewSync), look at its list, and apply that one.';

function expired(): LdapSyncError {
  const message =
    `Of this preview nothing is kept any more that could be applied: it is older than ${PLAN_HOURS} hours, or ` +
    `${MAX_PLANS} previews have been made since.`;
  return new LdapSyncError('plan-expired', message, { remedy: ANEW });
}

function outdated(): LdapSyncError {
  const message =
    'The settings, or what the environment overrides of them, have been changed since the preview.';
  return new LdapSyncError('plan-outdated', message, { remedy: ANEW });
}
