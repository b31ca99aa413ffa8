import { isDeepStrictEqual } from 'node:util';
import { isActive } from '../../../../models/active-user.js';
import type { RemovalRow } from '../../../../models/change-row.js';
import type { UserRecord } from '../../../../models/user.js';
import type { Advice } from '../../../advice.js';
import { showInvisible } from '../../../invisible-characters.js';
import { toLdapIdentity } from '../../../mapping/ldap-identity.js';
import type { Person } from '../../../mapping/map-entry.js';
import { isSamePair, toAccountPair } from '../../plan/account-pair.js';
import { findAlike } from '../../plan/alike.js';
import { isSamePerson } from '../../plan/former-identity.js';
import { toRelinkFields } from '../../plan/relink-fields.js';
import { toSwitchedOnFields } from '../../plan/switched-on-fields.js';
import { isAsExpected } from '../../users/field-exchange.js';
import { toRelinked, toRelinkedBack, withoutSessions } from '../../users/relink-updates.js';
import { isLastAdmin } from '../../users/user-store.js';
import { isIdentifiedBy } from '../look-up-batch.js';
import { identityOf, isLinkedAs } from '../row-identity.js';
import { followsEntries } from './follows-entry.js';
import type { ConfirmedNow, ConfirmFacts, RemovalKindDefinition } from './removal-kind.js';

/**
 * Linking a user by another id. The same entry is identified by something else now; or, of a pair that
 * somebody has decided about, the entry was made anew.
 */
export const RELINK: RemovalKindDefinition = {
  would: 'linked by another id',
  called: { one: 'change of the id', many: 'changes of ids' },
  label: 'relink',
  outcome: { done: 'updated', takenBack: 'updated' },
  switchesOff: 'take-back',
  connects: ({ pair }) => pair !== undefined,
  isConfirmedByAbsence: false,
  isConfirmedByState: false,
  isAllowedBy: followsEntries,
  link: {
    isMet: ({ formerly }, user) => formerly !== undefined && isLinkedAs(toLdapIdentity(user), formerly),
    otherwise: 'The account is linked to another entry, or to none, by now.',
  },

  confirm: (row, _diff, facts) => (row.pair ? confirmAlike(row, facts) : confirmFormer(row, facts)),

  carryOut({ pair, fields }, { user, stamp, account, confirmed }) {
    const isAsConfirmed = pair === undefined || isDeepStrictEqual(account, confirmed?.account);
    if (!isAsConfirmed || !isAsExpected(user, fields)) return { obstacle: 'changed' };
    return { update: toRelinked(fields, stamp) };
  },

  takeBack(row, { user, admins, stamp }) {
    if (!isLinkedAs(toLdapIdentity(user), row)) return { obstacle: 'changed' };
    const { update, switchesOff } = toRelinkedBack(row.fields, user, stamp);
    if (switchesOff && isLastAdmin(admins, user._id)) return { obstacle: 'last-admin' };
    return { update: row.needsDecision === true ? withoutSessions(update) : update };
  },

  toAccount: ({ dn }, row) =>
    row.needsDecision === true ? toDecided(row, showInvisible(dn ?? '')) : undefined,

  changedSince: 'The account was linked to another entry, or to none,',
  afterRevert: {
    message:
      'Users are linked by their former ids again; those whom somebody had decided about were signed out. The next sync ' +
      'wants the same again while the settings and the directory say so.',
    remedy:
      'Mend LDAP_Unique_Identifier_Field or the directory before the next sync. Where another person had got an account, ' +
      'set a new password for it.',
  },
};

function toDecided({ pair, username, userId }: RemovalRow, dn: string): Advice {
  const account = pair?.account.username ?? username ?? userId;
  const why = pair ? ': the entry that it was linked to is gone' : '';
  return {
    code: 'relinked',
    params: { account, dn },
    reason:
      `The account ${account} belongs to the entry ${dn} now, as somebody has decided${why}. It keeps its password, ` +
      'tokens and roles.',
    remedy: 'Nothing, if both are the same person; else revert this run (ldap.revertRun).',
  };
}

/** The entry still has what the user is linked by. */
function confirmFormer({ formerly }: RemovalRow, { entry, person, user }: ConfirmFacts): ConfirmedNow {
  const former = formerly && identityOf(formerly);
  if (!former || !isIdentifiedBy(entry, former))
    return { refused: 'The entry no longer has what the account is linked by.' };
  return isSamePerson({ former, user }, person)
    ? { by: 'same-entry', reason: 'has another id in the directory' }
    : { refused: 'Neither the user name nor an address of the entry is that of the account any more.' };
}

/** The entry that the account is linked to is gone, and the two are still the pair that was shown. */
function confirmAlike({ pair }: RemovalRow, facts: ConfirmFacts): ConfirmedNow {
  const { person, user, owners, formerEntry } = facts;
  if (!pair || !person) return { refused: 'The row does not say of which pair it is.' };
  if (formerEntry !== 'gone')
    return { refused: 'The entry that the account is linked to is there after all.' };
  const alike = findAlike({ person, username: person.username ?? person.id }, owners);
  if (alike?.account._id !== user._id)
    return {
      refused: 'The account and the entry no longer are the only ones with the same user name and address.',
    };
  if (!isSamePair(toAccountPair(person, alike, { kind: 'relink', stored: user }), pair, PASSING))
    return { refused: 'The account is no longer what the pair showed, so it waits for a new decision.' };
  const fields = [...toRelinkFields(user, person), ...toActiveFields(user, person)];
  return { by: 'paired', reason: 'has an entry that was made anew', fields, account: alike.account };
}

/** The run that made the list may itself have switched the user off as missing. */
const PASSING = ['active'] as const;

/** Whoever was switched off only because the former entry is gone comes back with the new one. */
function toActiveFields(user: UserRecord, { disabled }: Person): ReturnType<typeof toSwitchedOnFields> {
  const isOffAsMissing = !isActive(user) && user.ldapSync?.deactivatedBecause === 'missing-from-directory';
  return isOffAsMissing && disabled === false ? toSwitchedOnFields(user) : [];
}
