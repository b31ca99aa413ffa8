import type { RemovalRow } from '../../../models/change-row.js';
import type { Outcome } from '../../../models/run-report.js';
import type { Decision, PlannedPair } from '../plan/decision.js';
import { KINDS } from '../removals/kinds/removal-kinds.js';

const MAX_REASON = 1_000;

/** The row about an entry and an account that wait for a decision. Its user is the account. */
export function toPairRow(
  { person, reason }: Decision & { kind: 'conflict' },
  { kind, account, shown, fields, formerly }: PlannedPair,
  countedAs: Outcome,
): RemovalRow {
  const { _id, username, name } = account;
  return {
    kind,
    outcome: KINDS[kind].outcome.done,
    state: 'waiting',
    userId: _id,
    ...(username === undefined ? {} : { username }),
    ...(name === undefined ? {} : { name }),
    dn: person.dn,
    ldapId: person.id,
    idAttribute: person.idAttribute,
    ...(formerly ? { formerly: { ldapId: formerly.id, idAttribute: formerly.idAttribute } } : {}),
    needsDecision: true,
    pair: shown,
    fields,
    reason: [...shown.warnings, reason].join(' ').slice(0, MAX_REASON),
    countedAs,
  };
}
