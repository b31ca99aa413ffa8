import type { Connection } from 'mongoose';
import { planCollection, type PlanRecord } from '../../models/sync-plan.js';
import type { DatabaseTime } from '../../models/database-time.js';
import { isSecret } from '../settings/secret-settings.js';
import { parseSettings, type RawSettings } from '../settings/settings.js';
import { UnusableSettingsError } from '../settings/unusable-settings-error.js';
import type { Trial } from '../sync/run/trial.js';
import { createChangeSettings, type SettingsPlace } from './change-settings.js';
import { checkChanges, type SettingValues } from './check-changes.js';
import { digestSettings } from './digest-settings.js';
import { MAX_PLANS, openPlan, PLAN_HOURS, type OpenPlan } from './open-plan.js';

/** What a preview is made with, until its run is known. */
export interface PlanDraft {
  /** The settings that count. */
  readonly trial: Trial;
  /** Keeps what is needed to apply the preview. */
  keep(runId: string): Promise<void>;
}

/** What previews were made with. */
export interface Plans {
  /** `values`: settings that are not saved; {@link UnusableSettingsError} names all that is wrong with them. */
  draft(values?: SettingValues): Promise<PlanDraft>;
  /**
   * What the preview was made with, together with the secrets that are kept nowhere. Rejects with an `LdapSyncError`
   * where it cannot be applied any more: `plan-expired`, `plan-outdated`, `invalid-settings`, `settings-read-only`.
   */
  open(runId: string, secrets: SettingValues): Promise<OpenPlan>;
}

const HOUR_MS = 3_600_000;

export function createPlans(place: SettingsPlace): Plans {
  const { connection, readRaw, time } = place;
  const plans = () => planCollection(connection);
  const { account } = createChangeSettings(place);

  return {
    async draft(asked) {
      // First: whoever changes something after this is noticed by the number.
      const newest = await account.newest();
      const raw = await readRaw();
      const values = asked ? checkAll(asked, raw) : new Map<string, boolean | number | string>();
      const after = { ...raw, values: new Map([...raw.values, ...values]) };
      const parts = {
        values: [...values].flatMap(([setting, value]) => (isSecret(setting) ? [] : [{ setting, value }])),
        secrets: [...values.keys()].filter(isSecret),
        newestChange: newest?.number ?? 0,
        digests: { before: digestSettings(raw), after: digestSettings(after) },
      };
      return {
        trial: { settings: parseSettings(after.values), unsaved: [...values.keys()] },
        keep: (runId) => keep({ _id: runId, ...parts }, { connection, time }),
      };
    },

    async open(runId, secrets) {
      const [plan, now] = await Promise.all([plans().findOne({ _id: runId }), time()]);
      return openPlan(plan && plan.expiresAt > now ? plan : undefined, secrets, place);
    },
  };
}

function checkAll(asked: SettingValues, raw: RawSettings): ReadonlyMap<string, boolean | number | string> {
  const { problems, values } = checkChanges(asked, raw);
  if (problems.length > 0) throw new UnusableSettingsError(problems);
  return values;
}

async function keep(
  plan: Omit<PlanRecord, 'at' | 'expiresAt'>,
  { connection, time }: { readonly connection: Connection; readonly time: DatabaseTime },
): Promise<void> {
  const plans = planCollection(connection);
  const at = await time();
  await plans.insertOne({ ...plan, at, expiresAt: new Date(at.getTime() + PLAN_HOURS * HOUR_MS) });
  const projection = { at: 1 } as const;
  const [first] = await plans.find({}, { projection }).sort({ at: -1 }).skip(MAX_PLANS).limit(1).toArray();
  const isOld = first ? [{ at: { $lte: first.at } }] : [];
  // A server may not delete by itself what has expired.
  await plans.deleteMany({ $or: [{ expiresAt: { $lte: at } }, ...isOld] });
}
