import type { UserRecord } from '../../../models/user.js';
import { storedIdOf } from '../../mapping/ldap-identity.js';
import type { SyncSettings } from '../../settings/sync-settings.js';
import { diffUser, toDiffSettings } from '../plan/diff.js';
import { findMergeObstacles } from '../plan/merge-obstacles.js';
import type { NameOwner } from '../plan/name-owners.js';
import type { Decision } from '../plan/plan-page.js';
import type { WriteFailure } from '../run/write-failure.js';
import type { PersonPlan } from './person-task.js';

/** The users of some plans, as they are inside the transaction. */
export interface PresentUsers {
  readonly users: ReadonlyMap<string, UserRecord>;
  /** The accounts that are to be linked, as owners of names. */
  readonly accounts: ReadonlyMap<string, NameOwner>;
}

export type PlannedAgain =
  Pick<PersonPlan, 'decision' | 'user'> | { readonly failure: WriteFailure & { readonly kind: 'changed' } };

const CHANGED = { failure: { kind: 'changed' } } as const;

/**
 * What is to be written to a person, reckoned from the user as the transaction sees it: what others have changed
 * since the page was planned is neither overwritten nor taken for granted. Pure.
 */
export function planAgain(
  { decision, user: planned }: PersonPlan,
  { users, accounts }: PresentUsers,
  settings: SyncSettings,
): PlannedAgain {
  if (!planned || decision.kind === 'create' || decision.kind === 'conflict')
    return { decision, user: planned };
  const user = users.get(planned._id);
  if (!user) return CHANGED;
  if (decision.kind === 'leave') return { decision: { ...decision, user }, user };
  if (
    decision.link ? !isStillMergeable(decision, accounts.get(user._id), settings) : isRelinked(decision, user)
  )
    return CHANGED;
  const diff = diffUser(decision.person, user, toDiffSettings(settings));
  return { decision: { ...decision, user, diff }, user };
}

function isStillMergeable(
  { person }: Decision & { kind: 'existing' },
  account: NameOwner | undefined,
  { newUser }: SyncSettings,
): boolean {
  const address = person.hasBuiltAddress ? undefined : person.emails[0];
  const terms = { address, defaultRoles: newUser.roles };
  return account !== undefined && findMergeObstacles(account, terms).length === 0;
}

/** Somebody has linked the user to another entry, or to none. */
function isRelinked({ user: planned }: Decision & { kind: 'existing' }, user: UserRecord): boolean {
  return storedIdOf(planned) !== storedIdOf(user);
}
