import {
  REMOVAL_COUNTS,
  toRemovalCounts,
  type RemovalCounts,
  type RemovalKind,
} from '../../../models/removal-kind.js';
import type { ChangeLog } from '../history/change-log.js';
import type { UserReader } from '../users/user-store.js';
import { findBlocked, type Exchange } from './exchange-graph.js';
import { KINDS, KINDS_IN_ORDER } from './kinds/removal-kinds.js';
import { findOwners, toExchange } from './row-exchange.js';

/** Removals that cannot happen. */
export interface BlockedRemovals {
  /** People for whom nothing of the kind can happen. */
  readonly counts: RemovalCounts;
  /** How many people keep a field that they were to lose something of. */
  readonly keeping: ReadonlyMap<string, number>;
}

export const NOTHING_BLOCKED: BlockedRemovals = { counts: toRemovalCounts(), keeping: new Map() };

/** A row that exchanges names. */
interface RowExchange extends Exchange {
  readonly fields: readonly string[];
}

/**
 * Counts the removals that cannot happen, because another user has the name or the address and does not give it
 * up. Such a removal ends as a conflict, and so takes nothing away from anybody.
 */
export async function countBlocked(dependencies: {
  readonly changes: Pick<ChangeLog, 'removals'>;
  readonly users: Pick<UserReader, 'findNameOwners'>;
}): Promise<BlockedRemovals> {
  const counts = toRemovalCounts();
  const keeping = new Map<string, number>();
  for (const kind of KINDS_IN_ORDER) {
    const { exchanges, others } = await readExchanges(kind, dependencies);
    const blocked = [...findBlocked(exchanges)];
    // A user who loses something else as well still counts.
    counts[REMOVAL_COUNTS[kind]] = blocked.filter(({ userId }) => !others.has(userId)).length;
    for (const field of blocked.flatMap(({ fields }) => fields))
      keeping.set(field, (keeping.get(field) ?? 0) + 1);
  }
  return { counts, keeping };
}

/** `others`: the users of rows of this kind that exchange nothing. */
async function readExchanges(
  kind: RemovalKind,
  { changes, users }: Parameters<typeof countBlocked>[0],
): Promise<{ readonly exchanges: readonly RowExchange[]; readonly others: ReadonlySet<string> }> {
  const { exchange } = KINDS[kind];
  const exchanges: RowExchange[] = [];
  const others = new Set<string>();
  if (!exchange) return { exchanges, others };
  for await (const { rows } of changes.removals()) {
    const own = rows.filter((row) => row.kind === kind);
    const owners = await findOwners(own, exchange, { users });
    for (const row of own) {
      const isExchange = exchange.wants(row).length > 0 || exchange.gives(row).length > 0;
      if (!isExchange) others.add(row.userId);
      else
        exchanges.push({
          ...toExchange(row, exchange, owners),
          fields: row.fields.map(({ field }) => field),
        });
    }
  }
  return { exchanges, others };
}
