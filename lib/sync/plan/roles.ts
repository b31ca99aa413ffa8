import { ADMIN_ROLE } from '../../../models/role.js';
import type { Grant } from '../../mapping/grants.js';
import type { RoleRules } from '../../settings/sync-settings.js';

/** What a user has who has no list of roles at all. */
const BY_DEFAULT: readonly string[] = ['user'];

interface Facts {
  readonly grant: Grant | undefined;
  readonly rules: RoleRules | undefined;
}

/**
 * The roles that a user should have: the stored ones without those that groups withhold, and those that
 * groups give. `undefined`: the directory says nothing. Nobody's roles become empty. Pure.
 */
export function toWantedRoles(stored: unknown, facts: Facts): readonly unknown[] | undefined {
  // The host's documents may hold anything; what is no list is not written over.
  if (stored !== undefined && !Array.isArray(stored)) return undefined;
  const own: readonly unknown[] = stored ?? BY_DEFAULT;
  const given = toGivenRoles(facts);
  const kept = own.filter((role) => !isWithheld(role, facts));
  const wanted = [...new Set([...kept, ...given])];
  return wanted.length > 0 ? wanted : own.filter((role) => role === findLastRole(own));
}

/** The roles that groups give. */
export function toGivenRoles({ grant, rules }: Facts): readonly string[] {
  return rules && grant ? [...grant.given].filter((role) => rules.mapped.has(role)) : [];
}

/** The role that a user keeps, although no group gives it any more, as there is no other. Pure. */
export function findKeptRole(stored: unknown, facts: Facts): string | undefined {
  if (!Array.isArray(stored) || stored.length === 0 || toGivenRoles(facts).length > 0) return undefined;
  return stored.every((role) => isWithheld(role, facts)) ? findLastRole(stored) : undefined;
}

/** Whether groups may take the role from somebody. */
export function isTakable(role: unknown, rules: RoleRules | undefined): boolean {
  return rules?.areTaken === true && typeof role === 'string' && rules.mapped.has(role);
}

/** All groups that give the role say that the person is not in them. */
function isWithheld(role: unknown, { grant, rules }: Facts): boolean {
  if (!grant || !isTakable(role, rules)) return false;
  return !grant.given.has(role as string) && !grant.doubtful.has(role as string);
}

/** Of several, one that is not the administrators'. */
function findLastRole(roles: readonly unknown[]): string | undefined {
  const texts = roles.filter((role): role is string => typeof role === 'string');
  return texts.findLast((role) => role !== ADMIN_ROLE) ?? texts.at(-1);
}
