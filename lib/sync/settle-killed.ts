import type { Connection } from 'mongoose';
import { syncRunCollection } from '../../models/sync-run.js';
import type { UserRecord } from '../../models/user.js';
import type { ActiveRun } from './run/active-run.js';
import type { ChangeLog } from './history/change-log.js';
import type { RemovalRow } from '../../models/change-row.js';
import { areSameValues } from './users/field-exchange.js';
import { dropOlderClaims, dropTaken } from './run/user-marks.js';
import type { UserStore } from './users/user-store.js';

interface Dependencies {
  readonly connection: Connection;
  readonly changes: ChangeLog;
  readonly users: Pick<UserStore, 'findById'>;
  readonly run: ActiveRun;
}

/**
 * Finishes the accounts of runs that were killed, or lost the database, while they took something away. A
 * waiting row has happened if its user shows it; then it becomes `done`, so that it can be read and reverted.
 * Every other waiting row has not happened. Takes off the marks of these runs.
 */
export async function settleKilled({ connection, changes, users, run }: Dependencies): Promise<void> {
  const runs = syncRunCollection(connection);
  const unsettled = await runs
    .find(
      { kind: { $ne: 'preview' }, removing: true, settled: { $ne: true }, _id: { $ne: run.id as never } },
      { projection: { _id: 1 } },
    )
    .toArray();
  if (unsettled.length > 0) await dropOlderClaims(connection, run);
  for (const { _id } of unsettled) {
    const runId = _id;
    for await (const { id, rows } of changes.removals(runId)) {
      const stored = await users.findById(
        rows.filter(({ state }) => state === 'waiting').map(({ userId }) => userId),
      );
      const settled = rows.map((row): RemovalRow =>
        row.state === 'waiting' && hasHappened(row, stored.get(row.userId), runId)
          ? { ...row, state: 'done' }
          : row,
      );
      if (settled.some((row, index) => row !== rows[index])) await changes.correct(id, settled);
    }
    await dropTaken(connection, runId, run);
    await run.verifyLease();
    await runs.updateOne({ _id }, { $set: { settled: true } });
  }
}

function hasHappened({ kind, fields }: RemovalRow, user: UserRecord | undefined, runId: string): boolean {
  if (kind === 'deactivate') return user?.active === false && user.ldapSync?.deactivatedByRun === runId;
  return (
    user?.ldapSync?.takenByRun === runId &&
    fields.every(({ field, to }) => areSameValues(field, user[field as keyof UserRecord], to))
  );
}
