import type { RemovalRow } from '../../../models/change-row.js';
import { toNameKey } from '../../mapping/name-keys.js';
import { ownersOf, type NameOwners } from '../plan/name-owners.js';
import type { Transaction } from '../run/transaction.js';
import type { UserReader } from '../users/user-store.js';
import type { Exchange } from './exchange-graph.js';
import type { NameExchange } from './kinds/removal-kind.js';

/** Who has what these rows want. */
export async function findOwners(
  rows: readonly RemovalRow[],
  exchange: NameExchange,
  { users, tx }: { readonly users: Pick<UserReader, 'findNameOwners'>; readonly tx?: Transaction },
): Promise<NameOwners> {
  const wanted = rows.flatMap((row) => exchange.wants(row));
  return exchange.names === 'usernames'
    ? users.findNameOwners(
        wanted,
        rows.flatMap((row) => exchange.alsoWants?.(row) ?? []),
        tx,
      )
    : users.findNameOwners([], wanted, tx);
}

/** What a row gives up, and who has what it wants. */
export function toExchange(row: RemovalRow, exchange: NameExchange, owners: NameOwners): Exchange {
  return {
    userId: row.userId,
    gives: exchange.gives(row),
    owners: exchange.wants(row).flatMap((name) =>
      ownersOf(owners[exchange.names], name)
        .filter(({ _id }) => _id !== row.userId)
        .map(({ _id }) => ({ name: toNameKey(name), userId: _id })),
    ),
  };
}
