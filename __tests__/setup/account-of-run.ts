import type { Connection } from 'mongoose';
import type { ChangeRow } from '../../models/change-row.js';
import type { RunCounts } from '../../models/run-report.js';
import type { SyncChangeRecord } from '../../models/sync-change.js';
import { openSession } from '../../models/database.js';

type User = Record<string, unknown>;

/** What happened to users, in ids. */
export interface WhatHappened {
  readonly created: readonly string[];
  readonly deactivated: readonly string[];
  readonly renamed: readonly string[];
  /** Everybody who was changed, those who were created and switched off among them. */
  readonly changed: readonly string[];
}

export interface AccountOfRun {
  readonly counts: Pick<RunCounts, 'created' | 'updated' | 'linked' | 'deactivated' | 'reactivated'>;
  /** Removals that the record says were done. */
  readonly removed: number;
  /** Rows of the history that say that something was done. */
  readonly done: readonly ChangeRow[];
}

/** What the database holds, and what the run says of itself, at one and the same moment. */
export async function readAccount(
  connection: Connection,
  runId: string,
): Promise<{ readonly users: readonly User[]; readonly account: AccountOfRun }> {
  const session = openSession(connection);
  try {
    session.startTransaction({ readConcern: { level: 'snapshot' } });
    const users = (await connection.collection('users').find({}, { session }).toArray()) as User[];
    const run = await connection.collection('ldap_sync_runs').findOne({ _id: runId as never }, { session });
    const chunks = (await connection
      .collection('ldap_sync_changes')
      .find({ _id: { $gt: `${runId}/`, $lt: `${runId}/~` } as never }, { session })
      .toArray()) as unknown as SyncChangeRecord[];
    await session.commitTransaction();
    const { created, updated, linked, deactivated, reactivated } = run?.counts as RunCounts;
    const done = chunks.flatMap(({ rows }) => rows).filter(({ state }) => state === 'done');
    const counts = { created, updated, linked, deactivated, reactivated };
    return { users, account: { counts, removed: run?.removed as number, done } };
  } finally {
    await session.endSession();
  }
}

/** What has become of users between two moments. */
export function toWhatHappened(before: readonly User[], after: readonly User[]): WhatHappened {
  const known = new Map(before.map((user) => [String(user._id), user]));
  const idsWhere = (is: (user: User, was: User | undefined) => boolean): string[] =>
    after
      .filter((user) => is(user, known.get(String(user._id))))
      .map(({ _id }) => String(_id))
      .toSorted();
  return {
    created: idsWhere((_user, was) => was === undefined),
    deactivated: idsWhere((user, was) => was?.active === true && user.active === false),
    renamed: idsWhere((user, was) => was !== undefined && was.username !== user.username),
    changed: idsWhere((user, was) => was === undefined || String(was._updatedAt) !== String(user._updatedAt)),
  };
}

/** Fails when the run says anything else of itself than what has happened. */
export function expectExactAccount(
  { counts, removed, done }: AccountOfRun,
  { created, deactivated, renamed, changed }: WhatHappened,
): void {
  const idsWhere = (isMeant: (row: ChangeRow) => boolean): string[] =>
    [...new Set(done.filter(isMeant).map(({ userId }) => String(userId)))].toSorted();
  expect(counts).toEqual({
    created: created.length,
    updated: changed.length - created.length - deactivated.length,
    deactivated: deactivated.length,
    linked: 0,
    reactivated: 0,
  });
  expect(idsWhere(() => true)).toEqual(changed);
  expect(idsWhere(({ kind }) => kind === 'deactivate')).toEqual(deactivated);
  expect(idsWhere(({ kind }) => kind === 'rename')).toEqual(renamed);
  expect(removed).toBe(done.filter(({ kind }) => kind !== 'write').length);
}
