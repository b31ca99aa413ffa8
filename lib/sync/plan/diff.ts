import type { UserRecord } from '../../../models/user.js';
import { isInDoubt } from '../../mapping/lasting-ids.js';
import type { LdapIdentity } from '../../mapping/ldap-identity.js';
import type { Person } from '../../mapping/map-entry.js';
import { toDNKey } from '../../mapping/name-keys.js';
import { isConversion } from './federation.js';
import { mergeField } from './field-merge.js';
import type { DiffSettings } from './field-rules.js';
import { findOurPhoto } from './our-photo.js';
import { toSwitching, toSwitchingOff, type Activation } from './switching.js';
import { toStanding } from './standing-value.js';
import { managedFieldsOf } from './fields-of-run.js';
import type { ManagedField } from './managed-fields.js';
import { findKeptRole } from './roles.js';

export { toEmailRecords } from './email-records.js';
export { toDiffSettings, type DiffSettings } from './field-rules.js';
export type { ManagedField } from './managed-fields.js';

export interface UserDiff {
  /** Field → new value; empty when nothing differs. */
  readonly set: ReadonlyMap<ManagedField, unknown>;
  /**
   * Fields that would lose something, an address for instance → what would be there instead, or `undefined`.
   * Waits until the sweep is complete.
   */
  readonly clear: ReadonlyMap<ManagedField, unknown>;
  /** A DN that `importIds` does not hold yet. */
  readonly addImportId: string | undefined;
  /** The user name differs. Renaming waits until the sweep is complete. */
  readonly rename: { readonly from: string | undefined; readonly to: string } | undefined;
  /**
   * The user is linked by what identified the entry before. Changing that waits until the end of the sweep.
   */
  readonly relink: { readonly from: LdapIdentity; readonly to: LdapIdentity } | undefined;
  /** Both wait until the sweep is complete. */
  readonly activation: Activation | undefined;
  /** What the directory wants of a federated user, who is not switched. */
  readonly keptState?: Activation;
  /** The attribute by which the directory says that the person is disabled. */
  readonly disabledBy?: string | undefined;
  /** The picture came from the directory, which has no photo any more. Waits until the sweep is complete. */
  readonly dropsPhoto: boolean;
  /** A role that no group gives any more and that stays, as the user has no other. */
  readonly keptRole?: string | undefined;
}

export const NO_DIFF: UserDiff = {
  set: new Map(),
  clear: new Map(),
  addImportId: undefined,
  rename: undefined,
  relink: undefined,
  activation: undefined,
  dropsPhoto: false,
};

/** What would have to change for the stored user to be what the directory says. Pure. */
export function diffUser(person: Person, stored: UserRecord, settings: DiffSettings): UserDiff {
  if (isConversion(person, stored)) return { ...diffInDoubt(person, stored, settings), relink: undefined };
  if (isInDoubt(person)) return diffInDoubt(person, stored, settings);
  const set = new Map<ManagedField, unknown>();
  const clear = new Map<ManagedField, unknown>();
  for (const { field, rules } of managedFieldsOf(settings).rows) {
    const values = { wanted: rules.wanted(person, stored, settings), stored: rules.stored(stored) };
    const difference = mergeField(rules, values, settings);
    if (difference.set !== undefined) set.set(field, difference.set);
    if (difference.clear) clear.set(field, difference.clear.to);
  }
  return {
    set,
    clear,
    addImportId: hasDN(stored.importIds, person.dn) ? undefined : person.dn,
    rename: toRename(person, stored),
    relink: toRelink(person),
    ...toSwitching(person, stored, settings),
    disabledBy: person.disabledBy,
    dropsPhoto: isDroppingPhoto(person, stored),
    keptRole: findKeptRole(stored.roles, { grant: person.grants?.roles, rules: settings.roleRules }),
  };
}

/** Whether the user has a picture from the directory, and the directory shows that it has none any more. */
export function isDroppingPhoto({ lacksPhoto }: Person, stored: UserRecord): boolean {
  return lacksPhoto === true && findOurPhoto(stored) !== undefined;
}

function hasDN(stored: unknown, dn: string): boolean {
  // To what is no list, nothing can be added.
  if (!Array.isArray(stored)) return stored !== undefined && stored !== null;
  if (stored.includes(dn)) return true;
  const key = toDNKey(dn);
  return stored.some((other) => typeof other === 'string' && toDNKey(other) === key);
}

/**
 * The difference while it is not sure whose entry it is. Whoever is shown as disabled is switched off all the
 * same.
 */
function diffInDoubt(person: Person, stored: UserRecord, settings: DiffSettings): UserDiff {
  return { ...NO_DIFF, relink: toRelink(person), activation: toSwitchingOff(person, stored, settings) };
}

function toRelink({ id, idAttribute, former }: Person): UserDiff['relink'] {
  return former && { from: former, to: { id, idAttribute } };
}

/** A renaming that is wanted. */
function toRename(
  { username: first, alternatives, unreadParts }: Person,
  { username }: UserRecord,
): UserDiff['rename'] {
  if (username && unreadParts?.includes('username')) return undefined;
  const wanted = toStanding('username', first, { alternatives, stored: username });
  return wanted === undefined || wanted === username ? undefined : { from: username, to: wanted };
}

/** True when the diff asks for a write that may happen at once. */
export function hasAdditiveChange({ set, addImportId }: UserDiff): boolean {
  return set.size > 0 || addImportId !== undefined;
}
