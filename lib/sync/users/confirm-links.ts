import { commitUnits } from '../run/commit-units.js';
import type { ActiveRun } from '../run/active-run.js';
import { tidied } from './apply-update.js';
import type { UserStore, UserWrite } from './user-store.js';

interface Dependencies {
  readonly users: UserStore;
  readonly run: Pick<ActiveRun, 'transactions' | 'signal'>;
}

/** The links of these users are no longer in doubt. A user whom nobody can write stays in doubt. */
export async function confirmLinks(
  userIds: readonly string[],
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
        .filter(({ ldapSync }) => ldapSync?.unconfirmedBy !== undefined)
        .map((user): UserWrite => {
          const update = tidied(user, { set: {}, unset: ['ldapSync.unconfirmedBy'] });
          return { kind: 'update', userId: user._id, ...update };
        });
      await users.write(writes, tx);
    },
    committed: () => undefined,
  });
}
