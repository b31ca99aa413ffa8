import type { AccountPair } from '../../../models/account-pair.js';
import type { FieldChange } from '../../../models/change-row.js';
import { toReadableEmails, type UserRecord } from '../../../models/user.js';
import { isAsExpected } from './field-exchange.js';
import type { UserUpdate } from './user-store.js';
import { toActivation, toDeactivation, type Stamp } from './user-updates.js';

type MatchedBy = AccountPair['matchedBy'];

/**
 * Connects an account. Where nothing proves whose it is, `services` is written as a whole: whatever opened
 * the account until now, under whatever name the host keeps it, is gone.
 */
export function toMerged(fields: readonly FieldChange[], matchedBy: MatchedBy, stamp: Stamp): UserUpdate {
  const values = Object.fromEntries(fields.map(({ field, to }) => [field, to]));
  const { set, unset } =
    values.active === false
      ? toDeactivation({ because: 'disabled-in-directory' }, stamp)
      : { set: {}, unset: [] as readonly string[] };
  const { 'ldapSync.deactivatedBecause': because, ...marks } = set;
  const isShown = values.inactiveReason === 'deactivated';
  const update = {
    set: {
      ...marks,
      ...(isShown ? { 'ldapSync.deactivatedBecause': because } : {}),
      ...values,
      _updatedAt: stamp.now,
    },
    unset: unset ?? [],
  };
  const ldap = { id: values['services.ldap.id'], idAttribute: values['services.ldap.idAttribute'] };
  return matchedBy === 'verified-address' ? update : withServices(update, { ldap });
}

/**
 * Takes the connection back, and ends what was opened since: whoever signed in as the entry must not stay in
 * an account that is not theirs. `fields`: the opposite of what was done.
 */
export function toUnmerged(
  fields: readonly FieldChange[],
  user: UserRecord,
  { matchedBy, target, stamp, isTaken }: Unmerging,
): UserUpdate {
  const own = fields.filter(
    ({ field }) =>
      OWN.has(field) &&
      isAsExpected(
        user,
        fields.filter((one) => one.field === field),
      ),
  );
  const back = [...own, ...toAddressesBack(fields, isTaken)];
  const isOffByTarget = user.active === false && user.ldapSync?.deactivatedByRun === target;
  const activation: UserUpdate = isOffByTarget ? toActivation(stamp, 'back') : { set: {} };
  const update = {
    set: {
      ...activation.set,
      ...Object.fromEntries(back.flatMap(({ field, to }) => (to === undefined ? [] : [[field, to]]))),
      'services.resume.loginTokens': [],
      _updatedAt: stamp.now,
    },
    unset: [
      'services.ldap',
      ...(activation.unset ?? []),
      ...back.flatMap(({ field, to }) => (to === undefined ? field : [])),
    ],
  };
  return matchedBy === 'verified-address' ? update : withServices(update, {});
}

interface Unmerging {
  readonly matchedBy: MatchedBy;
  /** The run that is taken back. */
  readonly target: string;
  readonly stamp: Stamp;
  /** Whether another account has the address. */
  readonly isTaken: (address: string) => boolean;
}

/** What goes back to what it was, unless somebody has changed it since. */
const OWN: ReadonlySet<string> = new Set(['ldap', 'type']);

/**
 * The addresses of before, whoever has changed them since: with one of their own, the person of the entry would ask for
 * another password. Without those that another account has by now, so that these keep nobody in.
 */
function toAddressesBack(
  fields: readonly FieldChange[],
  isTaken: Unmerging['isTaken'],
): readonly FieldChange[] {
  const change = fields.find(({ field }) => field === 'emails');
  if (!change) return [];
  const free = toReadableEmails(change.to).filter(({ address }) => !isTaken(address));
  // An empty list would be a value of the unique index, which no second user may have.
  return [{ field: 'emails', ...(free.length > 0 ? { to: free } : {}) }];
}

/** Nothing that opens the account is left but what is given. */
function withServices(
  { set, unset = [] }: UserUpdate,
  services: Readonly<Record<string, unknown>>,
): UserUpdate {
  const isOther = (path: string): boolean => !path.startsWith('services.');
  return {
    set: {
      ...Object.fromEntries(Object.entries(set).filter(([path]) => isOther(path))),
      services: { ...services, resume: { loginTokens: [] } },
    },
    unset: unset.filter(isOther),
  };
}
