import type { AttentionRow } from '../../../models/run-report.js';
import { mayHaveLeft } from '../plan/departed-owner.js';
import type { Decision } from '../plan/plan-page.js';
import type { Dispute } from '../removals/dispute.js';

/** What is to be looked up of a newcomer before `row` is told; `undefined`: nothing. Pure. */
export function toDispute(decision: Decision, row: AttentionRow): Dispute | undefined {
  // A pair waits for a decision of its own.
  const owners = decision.kind === 'conflict' && !decision.pair ? (decision.owners ?? []) : [];
  if (owners.length === 0 || !owners.every(({ account }) => mayHaveLeft(account))) return undefined;
  const { id, idAttribute, username = id, emails } = decision.person;
  return {
    row,
    newcomer: { id, idAttribute },
    username,
    addresses: emails,
    ownerIds: owners.map(({ account }) => account._id),
  };
}
