import { isActive } from '../../../models/active-user.js';
import { toReadableEmails, type EmailRecord, type UserRecord } from '../../../models/user.js';
import type { Person } from '../../mapping/map-entry.js';
import type { ActiveStatePolicy } from '../../settings/sync-settings.js';

/** The fields of a user that a run manages. Every other field is the host's and is never touched. */
export type ManagedField =
  | 'type'
  | 'ldap'
  | 'name'
  | 'emails'
  | 'sipExtension'
  | 'services.ldap.id'
  | 'services.ldap.idAttribute'
  | 'roles';

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
  /** Switching on is written at once; switching off waits until the sweep is complete. */
  readonly activation: 'activate' | 'deactivate' | undefined;
}

export const NO_DIFF: UserDiff = {
  set: new Map(),
  clear: new Map(),
  addImportId: undefined,
  rename: undefined,
  activation: undefined,
};

export interface DiffSettings {
  readonly emailsVerified: boolean;
  readonly activeState: ActiveStatePolicy;
}

/** What would have to change for the stored user to be what the directory says. Pure. */
export function diffUser(person: Person, stored: UserRecord, settings: DiffSettings): UserDiff {
  const set = new Map<ManagedField, unknown>();
  const clear = new Map<ManagedField, unknown>();
  const setIfOther = (field: ManagedField, wanted: unknown, actual: unknown): void => {
    if (wanted !== actual) set.set(field, wanted);
  };

  setIfOther('type', 'user', stored.type);
  setIfOther('ldap', true, stored.ldap);
  setIfOther('services.ldap.id', person.id, stored.services?.ldap?.id);
  setIfOther('services.ldap.idAttribute', person.idAttribute, stored.services?.ldap?.idAttribute);
  if (person.name !== undefined) setIfOther('name', person.name, stored.name);
  const emails = toEmailRecords(person.emails, stored.emails, settings.emailsVerified);
  if (!areSameEmails(emails, stored.emails))
    (isAddressLost(emails, stored.emails) ? clear : set).set('emails', emails);
  if (stored.roles === undefined) set.set('roles', ['user']);
  if (person.sipExtension) setIfOther('sipExtension', person.sipExtension, stored.sipExtension);
  else if (person.sipExtension === '' && stored.sipExtension !== undefined)
    clear.set('sipExtension', undefined);

  return {
    set,
    clear,
    addImportId: stored.importIds?.includes(person.dn) ? undefined : person.dn,
    rename: toRename(person.username, stored),
    activation: toActivation(person.disabled, isActive(stored), settings.activeState),
  };
}

/** A renaming that is wanted, or one that a run has begun and did not finish. */
function toRename(wanted: string | undefined, { username, ldapSync }: UserRecord): UserDiff['rename'] {
  if (wanted !== undefined && wanted !== username) return { from: username, to: wanted };
  const from = ldapSync?.renamedFrom;
  return from !== undefined && username !== undefined ? { from, to: username } : undefined;
}

/** True when the diff asks for a write that may happen at once. */
export function hasAdditiveChange({ set, addImportId, activation }: UserDiff): boolean {
  return set.size > 0 || addImportId !== undefined || activation === 'activate';
}

/** The addresses as Rocket.Chat stores them; an address that is verified stays verified. */
export function toEmailRecords(
  addresses: readonly string[],
  stored: readonly EmailRecord[] | undefined,
  verified: boolean,
): EmailRecord[] {
  const known = toReadableEmails(stored);
  return addresses.map((address) => ({
    address,
    verified:
      verified ||
      known.find((email) => email.address.toLowerCase() === address.toLowerCase())?.verified === true,
  }));
}

function areSameEmails(wanted: readonly EmailRecord[], stored: unknown): boolean {
  return (
    Array.isArray(stored) &&
    stored.length === wanted.length &&
    wanted.every(({ address, verified }, index) => {
      const other = stored[index] as Partial<EmailRecord> | undefined;
      return other?.address === address && other.verified === verified;
    })
  );
}

/** An address that only changes its case is not lost: people read both spellings as the same address. */
function isAddressLost(wanted: readonly EmailRecord[], stored: unknown): boolean {
  const kept = new Set(wanted.map(({ address }) => address.toLowerCase()));
  return toReadableEmails(stored).some(({ address }) => !kept.has(address.toLowerCase()));
}

function toActivation(
  disabled: boolean,
  isActive: boolean,
  policy: ActiveStatePolicy,
): UserDiff['activation'] {
  if (disabled && isActive && (policy === 'disable' || policy === 'both')) return 'deactivate';
  if (!disabled && !isActive && (policy === 'enable' || policy === 'both')) return 'activate';
  return undefined;
}
