import type { Advice } from '../../advice.js';
import { toLdapIdentity } from '../../mapping/ldap-identity.js';
import type { SyncSettings } from '../../settings/sync-settings.js';
import { toAccountPair } from './account-pair.js';
import { findAlike } from './alike.js';
import type { PlannedPair } from './decision.js';
import { toDiffSettings } from './field-rules.js';
import type { StoredPeople } from './linked-users.js';
import type { MatchedPair } from './match.js';
import { toMergeFields } from './merge-fields.js';
import type { Newcomer } from './newcomer.js';
import { toRelinkFields } from './relink-fields.js';

interface Known {
  readonly stored: StoredPeople;
  readonly settings: SyncSettings;
}

/** An account that is linked to nobody, and that somebody may connect with the entry. Pure. */
export function toMergePair(
  { person }: Newcomer,
  between: MatchedPair,
  { stored, settings }: Known,
): PlannedPair | undefined {
  const account = stored.accounts.get(between.account._id);
  if (!account) return undefined;
  const shown = toAccountPair(person, between, { kind: 'merge', stored: account });
  const fields = toMergeFields(person, account, {
    matchedBy: shown.matchedBy,
    settings: toDiffSettings(settings),
  });
  return { kind: 'merge', account, shown, fields };
}

/**
 * An account that is linked to an entry that may be gone, and that somebody may give to this one. Where the
 * names of people who have left are freed, the entry is a newcomer's. Pure.
 */
export function toRelinkPair(newcomer: Newcomer, { stored, settings }: Known): PlannedPair | undefined {
  const { keepUpdated, freeNames } = settings.policy;
  const alike = keepUpdated && !freeNames ? findAlike(newcomer, stored.nameOwners) : undefined;
  const account = alike && stored.accounts.get(alike.account._id);
  const formerly = account && toLdapIdentity(account);
  if (!formerly) return undefined;
  const { person } = newcomer;
  return {
    kind: 'relink',
    account,
    formerly,
    shown: toAccountPair(person, alike, { kind: 'relink', stored: account }),
    fields: toRelinkFields(account, person),
  };
}

/** What the report says of it: whether the other entry is gone shows only at the end of the sweep. */
export function toRelinkAdvice({ shown: { shared, account } }: PlannedPair): Advice {
  const { username = '', address = '' } = shared;
  const named = account.username === undefined ? account.userId : `${account.username}, id ${account.userId}`;
  const { id = '', idAttribute = '' } = account.linkedBy ?? {};
  return {
    code: 'relink-needs-decision',
    params: { username, address, account: named, id, idAttribute },
    reason:
      `The user name ${username} and the address ${address} belong to an account (${named}) that is ` +
      `linked to another entry (${idAttribute} ${id}).`,
    remedy:
      'If that entry is gone, and both are the same person, approve the row that waits (ldap.runChanges ' +
      'shows the pair, ldap.approveRun approves it); else reject it (ldap.rejectRun). If the entry is ' +
      'still there, no row waits: change the user name and the address of one of the two.',
  };
}
