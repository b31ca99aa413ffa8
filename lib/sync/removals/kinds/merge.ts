import { isDeepStrictEqual } from 'node:util';
import type { FieldChange, RemovalRow } from '../../../../models/change-row.js';
import { showInvisible } from '../../../invisible-characters.js';
import { toLdapIdentity } from '../../../mapping/ldap-identity.js';
import { isSamePair, toAccountPair } from '../../plan/account-pair.js';
import { toDiffSettings } from '../../plan/field-rules.js';
import { matchUnlinked } from '../../plan/match.js';
import { toMergeFields } from '../../plan/merge-fields.js';
import { isTaken as isAddressTaken } from '../../plan/name-owners.js';
import { isAsExpected, toNewAddresses } from '../../users/field-exchange.js';
import { toMerged, toUnmerged } from '../../users/merge-updates.js';
import { isLastAdmin } from '../../users/user-store.js';
import { isLinkedAs } from '../row-identity.js';
import { toMergedAdvice } from '../../plan/merged-advice.js';
import type { ConfirmedNow, ConfirmFacts, RemovalKindDefinition } from './removal-kind.js';

/** Connecting an account with an entry that may be the same person. Always waits for somebody's decision. */
export const MERGE: RemovalKindDefinition = {
  would: 'connected with an entry',
  called: { one: 'merge', many: 'merges' },
  label: 'merge',
  outcome: { done: 'linked', takenBack: 'updated' },
  switchesOff: 'carry-out',
  connects: () => true,
  isConfirmedByAbsence: false,
  isConfirmedByState: false,
  isAllowedBy: ({ policy }) => policy.syncUsers && policy.mergeExisting,
  link: {
    isMet: (_row, user) => user.services?.ldap === undefined,
    otherwise: 'The account is linked to an entry by now.',
  },

  confirm: (row, _diff, facts) => confirmPair(row, facts),

  carryOut({ pair, fields }, { user, admins, stamp, account, confirmed }) {
    const isAsConfirmed = account !== undefined && isDeepStrictEqual(account, confirmed?.account);
    if (!pair || !isAsConfirmed || !isAsExpected(user, fields)) return { obstacle: 'changed' };
    if (switchesOff(fields) && isLastAdmin(admins, user._id)) return { obstacle: 'last-admin' };
    return { update: toMerged(fields, pair.matchedBy, stamp) };
  },

  givesBack: ({ fields }) => toNewAddresses(fields),

  takeBack(row, { user, stamp, addressOwners = new Map() }, target) {
    const { pair, fields } = row;
    if (!pair || !isLinkedAs(toLdapIdentity(user), row)) return { obstacle: 'changed' };
    const isTaken = (address: string): boolean => isAddressTaken(addressOwners, [address], user._id);
    return { update: toUnmerged(fields, user, { matchedBy: pair.matchedBy, target, stamp, isTaken }) };
  },

  toAccount: ({ dn }, { pair, fields }) =>
    toMergedAdvice({
      account: pair?.account.username ?? pair?.account.userId ?? '',
      dn: showInvisible(dn ?? ''),
      matchedBy: pair?.matchedBy ?? 'username',
      isRevertible: true,
      isOff: switchesOff(fields),
    }),

  changedSince: 'The account was linked to another entry, or to none,',
  afterRevert: {
    message:
      'Accounts that are no longer connected were signed out. What approving had removed of them ' +
      '(passwords, second factors, tokens, other sign-ins) cannot be given back, nor can an address that ' +
      'another account has by now. What later syncs have written stays: also roles, rooms, teams and ABAC ' +
      'attributes that groups and the entry gave. The next sync shows the same pairs again.',
    remedy:
      'Set new passwords for these accounts, take away in the chat server what they may not keep (roles, ' +
      'rooms, teams, ABAC attributes), and reject the pairs (ldap.rejectRun) or rename one of the two.',
  },
};

function switchesOff(fields: readonly FieldChange[]): boolean {
  return fields.some(({ field, to }) => field === 'active' && to === false);
}

/** Whether the entry and the account are still the pair that somebody has decided about. */
function confirmPair(
  { pair, userId }: RemovalRow,
  { person, user, owners, settings }: ConfirmFacts,
): ConfirmedNow {
  if (!pair || !person) return { refused: 'The row does not say of which pair it is.' };
  const username = person.username ?? person.id;
  const match = matchUnlinked({ person, username }, owners, {
    mergeExisting: settings.policy.mergeExisting,
    defaultRoles: settings.newUser.roles,
  });
  const between = match.kind === 'conflict' ? match.between : undefined;
  if (between?.account._id !== userId)
    return { refused: 'The entry and the account no longer are the only ones that have the same names.' };
  const now = toAccountPair(person, between, { kind: 'merge', stored: user });
  if (!isSamePair(now, pair))
    return { refused: 'The account is no longer what the pair showed, so it waits for a new decision.' };
  const { matchedBy } = now;
  const fields = toMergeFields(person, user, {
    matchedBy,
    settings: toDiffSettings(settings),
  });
  return { by: 'paired', reason: REASONS[now.entry.state], fields, account: between.account };
}

const REASONS = {
  enabled: 'is enabled in the directory',
  disabled: 'is disabled in the directory',
  unknown: 'has an entry that does not show whether they are disabled',
} as const;
