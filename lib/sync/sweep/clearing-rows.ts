import type { RemovalRow } from '../../../models/change-row.js';
import type { Decision } from '../plan/decision.js';
import { valueAt } from '../plan/field-path.js';
import type { CommonParts } from './row-values.js';

/**
 * Each field, and each role, has a row of its own, so that an obstacle to one, now or in a revert, is no
 * obstacle to the other. The row keeps the whole old value, so that a revert can give it back.
 */
export function toClearings(
  { user, diff }: Decision & { kind: 'existing' },
  common: CommonParts,
): RemovalRow[] {
  return [...diff.clear].flatMap(([field, to]) => {
    // What the field gains is there before anything of it is lost.
    const before = diff.set.has(field) ? diff.set.get(field) : valueAt(user, field);
    const losses = field === 'roles' ? toEachRole(before, to) : [to];
    return losses.map((to): RemovalRow => {
      const fields = [{ field, from: before, ...(to === undefined ? {} : { to }) }];
      return { ...common, kind: 'clear', outcome: 'updated', fields };
    });
  });
}

/** The list without each of the roles that are lost. */
function toEachRole(before: unknown, after: unknown): readonly unknown[] {
  if (!Array.isArray(before) || !Array.isArray(after)) return [];
  const list: readonly unknown[] = before;
  const lost = new Set(list.filter((role) => !after.includes(role)));
  return [...lost].map((role) => list.filter((other) => other !== role));
}
