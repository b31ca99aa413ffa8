import type { Connection } from 'mongoose';
import { userCollection } from '../../../models/user.js';
import type { ActiveRun } from '../run/active-run.js';
import { commitUnits } from '../run/commit-units.js';
import { tidied } from './apply-update.js';
import type { UserStore } from './user-store.js';

/** What versions before transactions left at users whom they were writing. */
const MARKS = ['ldapSync.claim', 'ldapSync.takenByRun'] as const;

interface Dependencies {
  readonly connection: Connection;
  readonly users: UserStore;
}

/** Takes the marks of earlier versions off users: once for each database, by the first run that writes. */
export async function cleanOldMarks(run: ActiveRun, { connection, users }: Dependencies): Promise<void> {
  if (run.isFreeOfMarks) return;
  const marked = { $or: MARKS.map((path) => ({ [path]: { $exists: true } })) };
  const found = await userCollection(connection)
    .find(marked, { projection: { _id: 1 } })
    .toArray();
  const units = found.map(({ _id }) => ({ userIds: [_id] }));
  await commitUnits(units, {
    transactions: run.transactions,
    signal: run.signal,
    async write(batch, failures, { tx }) {
      const ids = batch.filter((unit) => !failures.has(unit)).flatMap(({ userIds }) => userIds);
      const stored = await users.findById(ids, tx);
      await users.write(
        [...stored.values()].map((user) => ({
          kind: 'update',
          userId: user._id,
          ...tidied(user, { set: {}, unset: MARKS }),
        })),
        tx,
      );
    },
    committed: () => undefined,
  });
  await run.markFreeOfMarks();
}
