import type { UserRecord } from '../../../models/user.js';
import { toKeptValue, type ChangeRow, type FieldChange } from '../../../models/change-row.js';
import type { Person } from '../../mapping/map-entry.js';
import { ABAC_FIELD } from '../plan/abac.js';
import { from } from '../plan/field-change.js';
import { valueAt } from '../plan/field-path.js';
import type { UserDiff } from '../plan/diff.js';
import { MANAGED_FIELD_NAMES, MANAGED_FIELDS, type ManagedField } from '../plan/managed-fields.js';
import type { Outcome } from '../../../models/run-report.js';
import type { Advice } from '../../advice.js';
import type { MappedRoom } from '../rooms/mapped-room.js';
import type { WriteFailure } from '../run/write-failure.js';
import { toJoinFields } from '../rooms/room-fields.js';
import { newUserOf, type PersonPlan } from './person-task.js';
import { whoIs } from './row-values.js';

interface Joining {
  /** The rooms that the user joins. */
  readonly joins: readonly MappedRoom[];
}

/**
 * What is about to be written to one person; `undefined` when nothing is. `photoHash`: of the photo that the
 * user gets.
 */
export function toWriteRow(
  { decision, user, joins }: Pick<PersonPlan, 'decision' | 'user'> & Joining,
  outcome: Outcome,
  photoHash: string | undefined,
): ChangeRow | undefined {
  if (!user) return undefined;
  const created = newUserOf({ decision, user });
  const fields = created
    ? toCreatedFields(created, decision.person)
    : decision.kind === 'existing'
      ? toChangedFields(user, decision.diff)
      : [];
  if (photoHash !== undefined)
    fields.push({
      field: 'photo',
      ...from(created ? undefined : (user.ldapSync?.photo ?? user.avatarETag)),
      to: photoHash,
    });
  fields.push(...toJoinFields(joins));
  if (fields.length === 0 && !(decision.kind === 'existing' && decision.link)) return undefined;
  return { kind: 'write', outcome, state: 'done', ...whoIs(decision, user), fields };
}

const UNWRITTEN = {
  duplicate: 'Somebody else has the user name, an address or the unique id.',
  'extension-taken': 'Another user has the same telephone extension.',
  changed: 'The account has been changed in the same moment.',
  busy: 'Others have written the user all the time.',
} as const;

/** What the stores made of a planned row. */
export interface ActualOutcome {
  readonly outcome: Outcome;
  readonly failure?: WriteFailure | undefined;
  /** Why the photo was not used. */
  readonly rejection?: Advice | undefined;
}

/** What has become of a planned row that did not wholly go as planned. */
export function toActualRow(row: ChangeRow, { outcome, failure, rejection }: ActualOutcome): ChangeRow {
  if (failure) {
    const reason = failure.kind === 'failed' ? failure.message : UNWRITTEN[failure.kind];
    return { ...row, outcome, state: 'skipped', reason: reason.slice(0, 500) };
  }
  const fields = row.fields.filter(({ field }) => field !== 'photo');
  const isDone = fields.length > 0 || outcome === 'linked';
  return {
    ...row,
    outcome,
    fields,
    state: isDone ? 'done' : 'skipped',
    ...(rejection ? { reason: rejection.reason.slice(0, 500) } : {}),
  };
}

function toCreatedFields(user: UserRecord, { customFields, abac }: Person): FieldChange[] {
  const told: readonly ManagedField[] = [
    ...MANAGED_FIELD_NAMES.filter((field) => MANAGED_FIELDS[field].isTold),
    ...(customFields?.keys() ?? []),
    ...(abac ? ([ABAC_FIELD] as const) : []),
  ];
  const values: readonly (readonly [field: string, value: unknown])[] = [
    ['username', user.username],
    ['active', user.active],
    ...told.map((field) => [field, valueAt(user, field)] as const),
  ];
  return values.flatMap(([field, to]) => (to === undefined ? [] : [{ field, to: toKeptValue(to) }]));
}

function toChangedFields(user: UserRecord, diff: UserDiff): FieldChange[] {
  const fields: FieldChange[] = [];
  for (const [field, to] of diff.set)
    fields.push({ field, ...from(valueAt(user, field)), to: toKeptValue(to) });
  if (diff.addImportId !== undefined)
    fields.push({
      field: 'importIds',
      ...from(user.importIds),
      to: toKeptValue([...(user.importIds ?? []), diff.addImportId]),
    });
  return fields;
}
