import type { RemovalRow } from '../../../models/change-row.js';
import { toNameKey } from '../../mapping/name-keys.js';
import { isTaken, ownersOf, type NameOwners } from '../plan/name-owners.js';
import type { NameExchange } from './kinds/removal-kind.js';

/** Who has which names while a transaction exchanges them. */
export interface NameLedger {
  /** Whether each of these rows gets what it wants, when all of them happen at once. */
  isFree(rows: readonly RemovalRow[]): boolean;
  /** These rows happen. */
  enter(rows: readonly RemovalRow[]): void;
}

/** For removals that exchange no names. */
export const NO_NAMES: NameLedger = { isFree: () => true, enter: () => undefined };

/** `owners`: who has what, as the transaction sees it. */
export function createNameLedger(owners: NameOwners, exchange: NameExchange): NameLedger {
  const given = new Set<string>();
  const takenBy = new Map<string, string>();
  const toGiven = (row: RemovalRow): readonly string[] =>
    exchange.gives(row).map((name) => keyOf(row.userId, name));

  const isAddressTaken = (row: RemovalRow): boolean =>
    isTaken(owners.emails, exchange.alsoWants?.(row) ?? [], row.userId);

  return {
    isFree(rows) {
      const free = new Set([...given, ...rows.flatMap(toGiven)]);
      if (rows.some(isAddressTaken)) return false;
      return rows.every(({ userId }, index) =>
        exchange.wants(rows[index] as RemovalRow).every((name) => {
          const key = toNameKey(name);
          const holders = ownersOf(owners[exchange.names], name)
            .map(({ _id }) => _id)
            .filter((id) => id !== userId && !free.has(keyOf(id, key)));
          return holders.length === 0 && (takenBy.get(key) ?? userId) === userId;
        }),
      );
    },

    enter(rows) {
      for (const row of rows) for (const key of toGiven(row)) given.add(key);
      for (const row of rows)
        for (const name of exchange.wants(row)) takenBy.set(toNameKey(name), row.userId);
    },
  };
}

function keyOf(userId: string, name: string): string {
  return JSON.stringify([userId, name]);
}
