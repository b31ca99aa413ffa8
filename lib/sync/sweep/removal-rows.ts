import { SWITCHED_OFF_FIELDS, type FieldChange, type RemovalRow } from '../../../models/change-row.js';
import type { Outcome } from '../../../models/run-report.js';
import type { UserRecord } from '../../../models/user.js';
import { NO_DIFF } from '../plan/diff.js';
import type { Decision, PlannedPair } from '../plan/decision.js';
import type { PersonTask } from './person-task.js';
import { from, valueOf, whoIs } from './row-values.js';

/** Everything about one person that waits for the end of the sweep, or for somebody's decision. */
export function toTaskRows(task: Pick<PersonTask, 'decision' | 'failure'>, countedAs: Outcome): RemovalRow[] {
  const { decision } = task;
  const removing = toRemoving(task);
  const pair =
    decision.kind === 'conflict' && decision.pair ? [toPairRow(decision, decision.pair, countedAs)] : [];
  return [...(removing ? toRemovalRows(removing, countedAs) : []), ...pair];
}

function toPairRow(
  { person, reason }: Decision & { kind: 'conflict' },
  { account, shown, fields }: PlannedPair,
  countedAs: Outcome,
): RemovalRow {
  const { _id, username, name } = account;
  return {
    kind: 'merge',
    outcome: 'linked',
    state: 'waiting',
    userId: _id,
    ...(username === undefined ? {} : { username }),
    ...(name === undefined ? {} : { name }),
    dn: person.dn,
    ldapId: person.id,
    idAttribute: person.idAttribute,
    needsDecision: true,
    pair: shown,
    fields,
    reason: [...shown.warnings, reason].join(' ').slice(0, MAX_REASON),
    countedAs,
  };
}

const MAX_REASON = 1_000;

/** The removals that one person's difference asks for. */
export function toRemovalRows(decision: Decision & { kind: 'existing' }, countedAs: Outcome): RemovalRow[] {
  const { person, user, diff } = decision;
  const common = {
    state: 'waiting',
    ...whoIs(decision, user),
    userId: user._id,
    ldapId: person.id,
    // In the user's own spelling, by which the removal is looked up again.
    idAttribute: user.services?.ldap?.idAttribute ?? person.idAttribute,
    countedAs,
  } as const;
  const rows: RemovalRow[] = [];
  if (diff.rename) {
    rows.push({
      ...common,
      kind: 'rename',
      outcome: 'updated',
      fields: [{ field: 'username', ...from(diff.rename.from), to: diff.rename.to }],
    });
  }
  // Each field has a row of its own, so that an obstacle to one, now or in a revert, is no obstacle to the
  // other. The row keeps the whole old value, so that a revert can give it back.
  for (const [field, to] of diff.clear) {
    // What the field gains is there before anything of it is lost.
    const before = diff.set.has(field) ? diff.set.get(field) : valueOf(user, field);
    rows.push({
      ...common,
      kind: 'clear',
      outcome: 'updated',
      fields: [{ field, from: before, ...(to === undefined ? {} : { to }) }],
    });
  }
  if (diff.activation === 'deactivate') {
    rows.push({
      ...common,
      kind: 'deactivate',
      outcome: 'deactivated',
      because: 'disabled-in-directory',
      fields: SWITCHED_OFF_FIELDS,
    });
  }
  if (diff.activation === 'activate')
    rows.push({ ...common, kind: 'reactivate', outcome: 'reactivated', fields: toSwitchedOnFields(user) });
  return rows;
}

/**
 * The decision that takes something away from a person; `undefined` when none does. A user whom the directory
 * shows as disabled is switched off even in a conflict, or when nothing else could be written.
 */
export function toRemoving({
  decision,
  failure,
}: Pick<PersonTask, 'decision' | 'failure'>): (Decision & { kind: 'existing' }) | undefined {
  if (decision.kind === 'existing' && !failure) return decision;
  if (!isSwitchedOff(decision)) return undefined;
  return {
    kind: 'existing',
    person: decision.person,
    user: decision.user,
    link: false,
    diff: { ...NO_DIFF, activation: 'deactivate' },
  };
}

/** Whether the directory wants the linked user of the decision off. */
function isSwitchedOff(decision: Decision): decision is Decision & { readonly user: UserRecord } {
  if (decision.kind === 'existing') return !decision.link && decision.diff.activation === 'deactivate';
  return decision.kind === 'conflict' && decision.isDisabled === true && decision.user !== undefined;
}

/** What switching this user on changes: also why the user was off, so that a revert can say it again. */
function toSwitchedOnFields({ active, inactiveReason, ldapSync }: UserRecord): readonly FieldChange[] {
  const because = ldapSync?.deactivatedBecause;
  return [
    { field: 'active', ...from(active), to: true },
    ...(inactiveReason === undefined ? [] : [{ field: 'inactiveReason', ...from(inactiveReason) }]),
    ...(because === undefined ? [] : [{ field: 'ldapSync.deactivatedBecause', ...from(because) }]),
  ];
}
