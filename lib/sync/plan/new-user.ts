import type { UserRecord } from '../../../models/user.js';
import type { Person } from '../../mapping/map-entry.js';
import { followsDisabling, type ActiveStatePolicy } from '../../settings/active-state.js';
import type { NewUserSettings } from '../../settings/sync-settings.js';
import { putAt } from './field-path.js';
import type { DiffSettings, FilledFields } from './field-rules.js';
import { managedFieldsOf } from './fields-of-run.js';
import type { Newcomer } from './newcomer.js';

/** The user document Rocket.Chat would write for a person it has not seen before. Pure. */
export function toNewUser(
  newcomer: Newcomer,
  settings: NewUserSettings & FilledFields & Pick<DiffSettings, 'activeState' | 'roleRules'>,
  { id, now }: { readonly id: string; readonly now: Date },
): UserRecord {
  const { person, username } = newcomer;
  const fields = toFields(newcomer, settings);
  return {
    _id: id,
    createdAt: now,
    _updatedAt: now,
    status: 'offline',
    username,
    ...toInitialState(person, settings),
    importIds: [person.dn],
    ...fields,
    services: {
      ...fields.services,
      ...(settings.optInEmailSecondFactor ? { email2fa: { enabled: true, changedAt: now } } : {}),
    },
  };
}

/** The managed fields, each at its path. */
function toFields(
  newcomer: Newcomer,
  settings: NewUserSettings & FilledFields & Pick<DiffSettings, 'roleRules'>,
): Partial<UserRecord> {
  const fields: Record<string, unknown> = {};
  for (const { field, rules } of managedFieldsOf(settings).rows) {
    const value = rules.ofNewUser(newcomer, settings);
    if (value !== undefined) putAt(fields, field, value);
  }
  return fields;
}

function toInitialState(
  { disabled }: Person,
  {
    manualApproval,
    activeState,
  }: { readonly manualApproval: boolean; readonly activeState: ActiveStatePolicy },
): Pick<UserRecord, 'active' | 'inactiveReason'> {
  const isFollowed = followsDisabling(activeState);
  if (disabled === true && isFollowed) return { active: false, inactiveReason: 'deactivated' };
  // A newcomer whose state is not known waits where Rocket.Chat shows administrators whom they may let in.
  if (disabled === undefined && isFollowed) return PENDING;
  const isEnabled = disabled === false && (activeState === 'enable' || activeState === 'both');
  return !manualApproval || isEnabled ? { active: true } : PENDING;
}

const PENDING = { active: false, inactiveReason: 'pending_approval' } as const;
