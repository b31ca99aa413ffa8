import { SWITCHED_OFF_FIELDS, type RemovalRow } from '../../../models/change-row.js';
import type { Outcome } from '../../../models/run-report.js';
import type { UserRecord } from '../../../models/user.js';
import type { Decision } from '../plan/decision.js';
import { isDroppingPhoto, NO_DIFF } from '../plan/diff.js';
import { from } from '../plan/field-change.js';
import { findOurPhoto } from '../plan/our-photo.js';
import { toRename } from '../plan/refused-rename.js';
import { toRelinkFields } from '../plan/relink-fields.js';
import { toRelinkNeed } from '../plan/relink-need.js';
import { toSwitchedOnFields } from '../plan/switched-on-fields.js';
import { toClearings } from './clearing-rows.js';
import { toLeaveRow } from './leave-row.js';
import { toPairRow } from './pair-row.js';
import type { PlannedLeave } from '../rooms/membership-rules.js';
import type { PersonTask } from './person-task.js';
import { whoIs, type CommonParts } from './row-values.js';

/** Everything about one person that waits for the end of the sweep, or for somebody's decision. */
export function toTaskRows(
  task: Pick<PersonTask, 'decision' | 'failure' | 'memberships'>,
  countedAs: Outcome,
): RemovalRow[] {
  const { decision } = task;
  const removing = toRemoving(task);
  const leaves = removing === decision ? task.memberships.leaves : [];
  const pair =
    decision.kind === 'conflict' && decision.pair ? [toPairRow(decision, decision.pair, countedAs)] : [];
  return [...(removing ? toRemovalRows(removing, { countedAs, leaves }) : []), ...pair];
}

interface BesideDifference {
  readonly countedAs: Outcome;
  /** The rooms that the person leaves. */
  readonly leaves: readonly PlannedLeave[];
}

/** The removals that one person's difference asks for, and the rooms that the person leaves. */
export function toRemovalRows(
  decision: Decision & { kind: 'existing' },
  { countedAs, leaves }: BesideDifference,
): RemovalRow[] {
  const { user, diff } = decision;
  const common: CommonParts = {
    state: 'waiting',
    ...whoIs(decision, user),
    userId: user._id,
    ...toRowIdentity(decision),
    countedAs,
  };
  const rows: RemovalRow[] = [];
  const rename = toRename(decision);
  if (diff.relink)
    rows.push({
      ...common,
      kind: 'relink',
      outcome: 'updated',
      fields: toRelinkFields(user, diff.relink.to),
      ...toRelinkNeed(decision),
    });
  if (rename) {
    rows.push({
      ...common,
      kind: 'rename',
      outcome: 'updated',
      fields: [{ field: 'username', ...from(rename.from), to: rename.to }],
    });
  }
  rows.push(...toClearings(decision, common));
  if (diff.dropsPhoto)
    rows.push({
      ...common,
      kind: 'photo',
      outcome: 'updated',
      fields: [{ field: 'photo', ...from(findOurPhoto(user)) }],
    });
  rows.push(...leaves.map((leave) => toLeaveRow(leave, common)), ...toSwitchings(decision, common));
  return rows;
}

function toSwitchings(
  { person: { disabledBy }, user, diff: { activation } }: Decision & { kind: 'existing' },
  common: CommonParts,
): RemovalRow[] {
  switch (activation) {
    case 'activate':
      return [{ ...common, kind: 'reactivate', outcome: 'reactivated', fields: toSwitchedOnFields(user) }];
    case 'deactivate':
      return [
        {
          ...common,
          kind: 'deactivate',
          outcome: 'deactivated',
          because: 'disabled-in-directory',
          ...(disabledBy === undefined ? {} : { disabledBy }),
          fields: SWITCHED_OFF_FIELDS,
        },
      ];
    case undefined:
      return [];
  }
}

/**
 * By what the removal is looked up again: in the user's own spelling, or, where the user is linked by what
 * identified the entry before, by what identifies it now.
 */
function toRowIdentity({
  person: { id, idAttribute, former },
  user,
}: Decision & { kind: 'existing' }): Pick<RemovalRow, 'ldapId' | 'idAttribute' | 'formerly'> {
  if (!former) return { ldapId: id, idAttribute: user.services?.ldap?.idAttribute ?? idAttribute };
  return { ldapId: id, idAttribute, formerly: { ldapId: former.id, idAttribute: former.idAttribute } };
}

/**
 * The decision that takes something away from a person; `undefined` when none does. A user whom the directory
 * shows as disabled is switched off even in a conflict, or when nothing else could be written.
 */
function toRemoving({
  decision,
  failure,
}: Pick<PersonTask, 'decision' | 'failure'>): (Decision & { kind: 'existing' }) | undefined {
  if (decision.kind === 'existing' && !failure) return decision;
  if (decision.kind === 'leave') return toPhotoRemoving(decision);
  if (!isSwitchedOff(decision)) return undefined;
  return {
    kind: 'existing',
    person: decision.person,
    user: decision.user,
    link: false,
    diff: { ...NO_DIFF, activation: 'deactivate' },
  };
}

/** Photos follow the directory also where the settings leave the user alone. */
function toPhotoRemoving({
  person,
  user,
}: Decision & { kind: 'leave' }): (Decision & { kind: 'existing' }) | undefined {
  if (!user || !isDroppingPhoto(person, user)) return undefined;
  return { kind: 'existing', person, user, link: false, diff: { ...NO_DIFF, dropsPhoto: true } };
}

/** Whether the directory wants the linked user of the decision off. */
function isSwitchedOff(decision: Decision): decision is Decision & { readonly user: UserRecord } {
  if (decision.kind === 'existing') return !decision.link && decision.diff.activation === 'deactivate';
  return decision.kind === 'conflict' && decision.isDisabled === true && decision.user !== undefined;
}
