import { valueAt } from '../plan/field-path.js';
import type { ActiveRun } from '../run/active-run.js';
import { commitUnits } from '../run/commit-units.js';
import { tidied } from './apply-update.js';
import type { UserStore, UserWrite } from './user-store.js';

interface Dependencies {
  readonly users: UserStore;
  readonly run: Pick<ActiveRun, 'transactions' | 'signal'>;
}

/** Takes marks off these users, one by one where the database refuses one, who then keeps them. */
export async function removeMarks(
  userIds: readonly string[],
  marks: readonly string[],
  { users, run: { transactions, signal } }: Dependencies,
): Promise<void> {
  const units = userIds.map((userId) => ({ userIds: [userId] }));
  await commitUnits(units, {
    transactions,
    signal,
    async write(batch, failures, { tx }) {
      const wanted = batch.filter((unit) => !failures.has(unit)).flatMap((unit) => unit.userIds);
      const stored = await users.findById(wanted, tx);
      const writes = [...stored.values()]
        .filter((user) => marks.some((path) => valueAt(user, path) !== undefined))
        .map((user): UserWrite => {
          const update = tidied(user, { set: {}, unset: marks });
          return { kind: 'update', userId: user._id, ...update };
        });
      await users.write(writes, tx);
    },
    committed: () => undefined,
  });
}

/** The links of these users are no longer in doubt. */
export function confirmLinks(userIds: readonly string[], dependencies: Dependencies): Promise<void> {
  return removeMarks(userIds, ['ldapSync.unconfirmedBy'], dependencies);
}
