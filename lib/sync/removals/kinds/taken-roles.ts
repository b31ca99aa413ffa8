import type { FieldChange, RemovalRow } from '../../../../models/change-row.js';
import { ADMIN_ROLE } from '../../../../models/role.js';
import type { UserDiff } from '../../plan/diff.js';
import { toLastRole } from '../../plan/last-role.js';
import { isTakable } from '../../plan/roles.js';
import { isLastAdmin } from '../../users/user-store.js';
import { isLinkedById } from '../row-identity.js';
import type { Carried, ConfirmedNow, ConfirmFacts, PresentUser } from './removal-kind.js';

/*
 * A row about roles says what the list was and would be. What counts is the difference alone: the role is
 * taken from, or given back to, the list that the user has at that moment, whatever the host has changed of it.
 */

/** The roles that a row takes: none where it is about another field. */
export function takenRoles({ fields }: Pick<RemovalRow, 'fields'>): readonly string[] {
  return toLost(fields, 'from', 'to');
}

export function isAboutRoles({ fields }: Pick<RemovalRow, 'fields'>): boolean {
  return fields[0]?.field === 'roles';
}

/** Whether groups still take the role, and all witnesses say that none gives it. */
export function confirmTakenRoles(row: RemovalRow, diff: UserDiff, facts: ConfirmFacts): ConfirmedNow {
  for (const role of takenRoles(row)) {
    const objection = findObjection(role, diff, facts);
    if (objection !== undefined) return { refused: objection };
  }
  return { by: 'without-value', reason: `is in no group that gives the role ${takenRoles(row).join(', ')}` };
}

function findObjection(
  role: string,
  { clear, keptRole }: UserDiff,
  { person, user, withheld, settings: { roleRules } }: ConfirmFacts,
): string | undefined {
  if (!toList(user.roles).includes(role)) return 'The user no longer has the role.';
  if (!isTakable(role, roleRules)) return 'The settings no longer ask for this.';
  if (person?.grants?.roles?.given.has(role)) return `A group gives the role ${role} again.`;
  if (keptRole === role) return toLastRole(role).reason;
  const remaining = clear.get('roles');
  const isGoing = Array.isArray(remaining) && !remaining.includes(role);
  return isGoing && withheld.some(({ kind, name }) => kind === 'roles' && name === role)
    ? undefined
    : 'The directory does not say for certain that the person is in none of the groups that give the role ' +
        `${role}; the user keeps it.`;
}

export function takeRoles(row: RemovalRow, { user, admins, stamp: { now } }: PresentUser): Carried {
  const taken = takenRoles(row);
  const stored = toList(user.roles);
  if (!isLinkedById(user, row) || !taken.every((role) => stored.includes(role)))
    return { obstacle: 'changed' };
  if (taken.includes(ADMIN_ROLE) && isLastAdmin(admins, user._id)) return { obstacle: 'last-admin' };
  const roles = stored.filter((role) => !taken.includes(role as string));
  if (roles.length === 0) return { obstacle: 'last-role' };
  return { update: { set: { roles, _updatedAt: now } } };
}

/** `row`: the opposite of what was done, so that `to` is the list that the user had. */
export function giveRolesBack(row: RemovalRow, { user, stamp: { now } }: PresentUser): Carried {
  const back = toLost(row.fields, 'to', 'from');
  const stored = toList(user.roles);
  if (!isLinkedById(user, row) || back.some((role) => stored.includes(role))) return { obstacle: 'changed' };
  const before = toList(row.fields[0]?.to);
  const roles = back.reduce((list, role) => putBack(list, role, before), stored);
  return { update: { set: { roles, _updatedAt: now } } };
}

/** At the place that it had: behind the nearest of those before it that is still there. */
function putBack(list: readonly unknown[], role: string, before: readonly unknown[]): readonly unknown[] {
  const earlier = before.slice(0, before.indexOf(role)).findLast((other) => list.includes(other));
  const place = earlier === undefined ? 0 : list.indexOf(earlier) + 1;
  return list.toSpliced(place, 0, role);
}

function toLost(
  fields: readonly FieldChange[],
  side: 'from' | 'to',
  other: 'from' | 'to',
): readonly string[] {
  return fields.flatMap((change) => {
    if (change.field !== 'roles') return [];
    const kept = toList(change[other]);
    return toList(change[side]).filter(
      (role): role is string => typeof role === 'string' && !kept.includes(role),
    );
  });
}

/** The host's documents may hold anything. */
function toList(roles: unknown): readonly unknown[] {
  return Array.isArray(roles) ? (roles as readonly unknown[]) : [];
}
