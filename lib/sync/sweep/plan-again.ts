import type { UserRecord } from '../../../models/user.js';
import { toNameKey } from '../../mapping/name-keys.js';
import { storedIdOf } from '../../mapping/ldap-identity.js';
import type { SyncSettings } from '../../settings/sync-settings.js';
import { diffAccess } from '../plan/access-diff.js';
import { diffUser, NO_DIFF, toDiffSettings } from '../plan/diff.js';
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
  /** The names of teams among the user names of newcomers, as keys. */
  readonly teams: ReadonlySet<string>;
}

export type PlannedAgain =
  | Pick<PersonPlan, 'decision' | 'user'>
  | { readonly failure: WriteFailure & { readonly kind: 'changed' | 'duplicate' } };

const CHANGED = { failure: { kind: 'changed' } } as const;
const TAKEN = { failure: { kind: 'duplicate' } } as const;

/**
 * What is to be written to a person, reckoned from the user as the transaction sees it: what others have changed
 * since the page was planned is neither overwritten nor taken for granted. Pure.
 */
export function planAgain(
  { decision, user: planned }: PersonPlan,
  { users, accounts, teams }: PresentUsers,
  settings: SyncSettings,
): PlannedAgain {
  if (decision.kind === 'create' && teams.has(toNameKey(decision.username))) return TAKEN;
  if (!planned || decision.kind === 'create' || decision.kind === 'conflict')
    return { decision, user: planned };
  const user = users.get(planned._id);
  if (!user) return CHANGED;
  if (decision.kind === 'leave') return { decision: { ...decision, user }, user };
  if (
    decision.link ? !isStillMergeable(decision, accounts.get(user._id), settings) : isRelinked(decision, user)
  )
    return CHANGED;
  const { person, isAccessOnly } = decision;
  const diff = isAccessOnly
    ? (diffAccess(person, user, settings) ?? NO_DIFF)
    : diffUser(person, user, toDiffSettings(settings));
  return { decision: { ...decision, user, diff }, user };
}

function isStillMergeable(
  { person }: Decision & { kind: 'existing' },
  account: NameOwner | undefined,
  { newUser }: SyncSettings,
): boolean {
  const address = person.hasBuiltAddress ? undefined : (person.writtenAddress ?? person.emails[0]);
  const terms = { address, defaultRoles: newUser.roles };
  return account !== undefined && findMergeObstacles(account, terms).length === 0;
}

/** Somebody has linked the user to another entry, or to none. */
function isRelinked({ user: planned }: Decision & { kind: 'existing' }, user: UserRecord): boolean {
  return storedIdOf(planned) !== storedIdOf(user);
}
