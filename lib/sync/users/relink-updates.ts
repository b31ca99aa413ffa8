import { isActive } from '../../../models/active-user.js';
import type { FieldChange } from '../../../models/change-row.js';
import type { UserRecord } from '../../../models/user.js';
import { toExchange } from './field-exchange.js';
import type { UserUpdate } from './user-store.js';
import { toActivation, toOffAgain, type Stamp } from './user-updates.js';

/**
 * Links a user by another id, and switches on again whom a run had switched off because the former one was
 * gone.
 */
export function toRelinked(fields: readonly FieldChange[], stamp: Stamp): UserUpdate {
  const set = Object.fromEntries(toIdFields(fields).map(({ field, to }) => [field, to]));
  const isBack = fields.some(({ field, to }) => field === 'active' && to === true);
  const { set: activation, unset }: UserUpdate = isBack ? toActivation(stamp, 'back') : { set: {} };
  return { set: { ...activation, ...set, _updatedAt: stamp.now }, unset: unset ?? [] };
}

/** The former id again, and off again where the user was. `fields`: the opposite of what was done. */
export function toRelinkedBack(
  fields: readonly FieldChange[],
  user: UserRecord,
  stamp: Stamp,
): { readonly update: UserUpdate; readonly switchesOff: boolean } {
  const switchesOff = isActive(user) && fields.some(({ field, to }) => field === 'active' && to === false);
  const update = switchesOff ? toOffAgain(fields, stamp) : toExchange(toIdFields(fields), user, stamp.now);
  return { update, switchesOff };
}

/** Whoever signed in as the entry must not stay in an account that is not theirs. */
export function withoutSessions({ set, ...others }: UserUpdate): UserUpdate {
  return { ...others, set: { ...set, 'services.resume.loginTokens': [] } };
}

function toIdFields(fields: readonly FieldChange[]): readonly FieldChange[] {
  return fields.filter(({ field }) => field.startsWith('services.ldap.'));
}
