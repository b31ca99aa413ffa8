import { showInvisible } from '../../invisible-characters.js';
import type { Advice } from '../../advice.js';

/** Why somebody keeps a role that no group gives any more. */
export function toLastRole(role: string): Advice {
  const shown = showInvisible(role);
  return {
    code: 'last-role',
    params: { role: shown },
    reason: `No group gives the user the role ${shown} any more; the user has no other role and keeps it.`,
    remedy: 'Give the user another role by hand or by a group, such as user, then run the sync again.',
  };
}
