import type { UserRecord } from '../../../models/user.js';
import {
  SWITCHED_OFF_FIELDS,
  toKeptValue,
  type ChangeRow,
  type FieldChange,
  type RemovalRow,
} from '../../../models/change-row.js';
import type { ManagedField, UserDiff } from '../plan/diff.js';
import { who } from './person-outcome.js';
import { userOf, type Decision } from '../plan/plan-page.js';
import type { Outcome } from '../../../models/run-report.js';
import type { Rejection } from '../../mapping/map-entry.js';
import type { UserChange, WriteFailure } from '../users/user-store.js';

type Photo = UserChange['photo'];
/** The users' own ids in their rows; those of a preview are made up and mean nothing. */
type Named = Pick<ChangeRow, 'userId' | 'username' | 'name' | 'dn'>;

/**
 * What is about to be written to one person; `undefined` when nothing is. `created` is the document of a new
 * user.
 */
export function toWriteRow(
  decision: Decision,
  outcome: Outcome,
  created: UserRecord | undefined,
  photo: Photo,
): ChangeRow | undefined {
  const user = created ?? userOf(decision);
  if (!user) return undefined;
  const fields = created
    ? toCreatedFields(created)
    : decision.kind === 'existing'
      ? toChangedFields(user, decision.diff)
      : [];
  if (photo)
    fields.push({
      field: 'photo',
      ...from(created ? undefined : (user.ldapSync?.photo ?? user.avatarETag)),
      to: photo.hash,
    });
  if (fields.length === 0 && !(decision.kind === 'existing' && decision.link)) return undefined;
  return { kind: 'write', outcome, state: 'done', ...whoIs(decision, user), fields };
}

const UNWRITTEN = {
  duplicate: 'Somebody else has the user name, an address or the unique id.',
  changed: 'The account has been changed in the same moment.',
} as const;

/** What has become of a planned row that did not wholly go as planned. */
export function toActualRow(
  row: ChangeRow,
  outcome: Outcome,
  failure: WriteFailure | undefined,
  rejection: Rejection | undefined,
): ChangeRow {
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

/** The removals that one person's difference asks for. */
export function toRemovalRows(decision: Decision & { kind: 'existing' }, countedAs: Outcome): RemovalRow[] {
  const { person, user, diff } = decision;
  const common = {
    state: 'waiting',
    ...whoIs(decision, user),
    userId: user._id,
    ldapId: person.id,
    idAttribute: person.idAttribute,
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
  // Each by itself: what hinders one, here or when it is taken back, does not hinder the other. Whole, so
  // that it can be given back.
  for (const [field, to] of diff.clear) {
    rows.push({
      ...common,
      kind: 'clear',
      outcome: 'updated',
      fields: [{ field, from: valueOf(user, field), ...(to === undefined ? {} : { to }) }],
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
  return rows;
}

function toCreatedFields({
  username,
  name,
  emails,
  roles,
  active,
  sipExtension,
  services,
}: UserRecord): FieldChange[] {
  const values = {
    username,
    name,
    emails,
    roles,
    active,
    sipExtension,
    'services.ldap.id': services?.ldap?.id,
  };
  return Object.entries(values).flatMap(([field, to]) =>
    to === undefined ? [] : [{ field, to: toKeptValue(to) }],
  );
}

function toChangedFields(user: UserRecord, diff: UserDiff): FieldChange[] {
  const fields: FieldChange[] = [];
  for (const [field, to] of diff.set)
    fields.push({ field, ...from(valueOf(user, field)), to: toKeptValue(to) });
  if (diff.addImportId !== undefined)
    fields.push({
      field: 'importIds',
      ...from(user.importIds),
      to: toKeptValue([...(user.importIds ?? []), diff.addImportId]),
    });
  if (diff.activation === 'activate') fields.push({ field: 'active', ...from(user.active), to: true });
  return fields;
}

function valueOf(user: UserRecord, field: ManagedField): unknown {
  if (field === 'services.ldap.id') return user.services?.ldap?.id;
  return field === 'services.ldap.idAttribute' ? user.services?.ldap?.idAttribute : user[field];
}

function from(value: unknown): { from?: unknown } {
  return value === undefined ? {} : { from: toKeptValue(value) };
}

function whoIs({ person }: Decision, user: UserRecord): Named {
  const named = who(person, user);
  return named.username === undefined ? named : { ...named, username: user.username ?? named.username };
}
