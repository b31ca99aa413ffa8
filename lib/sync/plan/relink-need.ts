import { isActive } from '../../../models/active-user.js';
import type { RemovalRow } from '../../../models/change-row.js';
import { isInDoubt } from '../../mapping/lasting-ids.js';
import type { Decision } from './decision.js';

type Need = Pick<RemovalRow, 'needsDecision' | 'reason'>;

/**
 * What linking a user by another id waits for, where the id that the user is linked by can go to another entry. Whoever
 * is off has left, for all that is known, and the account of an administrator opens everything. Pure.
 */
export function toRelinkNeed({
  person,
  user,
}: Pick<Decision & { kind: 'existing' }, 'person' | 'user'>): Need {
  if (!isInDoubt(person)) return {};
  // Nobody comes in by an entry that is disabled.
  if (!isActive(user) && person.disabled !== true) return { needsDecision: true, reason: OFF };
  const isAdministrator = Array.isArray(user.roles) && user.roles.includes('admin');
  return isAdministrator ? { needsDecision: true, reason: ADMINISTRATOR } : {};
}

const IF_THE_SAME =
  'Approve the row (ldap.approveRun) if both are the same person, else reject it (ldap.rejectRun).';

const OFF =
  'The user is switched off, and what the user is linked by can go to another person: whoever has it now would get ' +
  `the account with everything in it. ${IF_THE_SAME}`;

const ADMINISTRATOR =
  'The user is an administrator, and what the user is linked by can go to another person: whoever has it would get ' +
  `all rights over the chat server. ${IF_THE_SAME}`;
