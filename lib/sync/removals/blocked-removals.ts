import type { ChangeLog } from '../history/change-log.js';
import type { RemovalRow } from '../../../models/change-row.js';
import { ownersOf, type Owners } from '../plan/name-owners.js';
import { toLostAddresses, toNewAddresses } from '../users/field-exchange.js';
import { toRenaming } from './removal-slots.js';
import type { UserStore } from '../users/user-store.js';

/** Removals that cannot happen, counted in people. */
export interface BlockedRemovals {
  readonly renames: number;
  /** People who would have lost addresses and no other field. */
  readonly clearings: number;
  /** People whose addresses would have changed. */
  readonly emails: number;
}

interface Exchange {
  readonly userId: string;
  readonly kind: 'rename' | 'emails';
  /** Lower-cased. */
  readonly gives: readonly string[];
  /** The other users who have the names or addresses that this user wants. */
  readonly owners: readonly { readonly text: string; readonly userId: string }[];
}

/**
 * Counts the renamings and changes of addresses that cannot happen, because another user has the name or the
 * address and does not give it up, or cannot. Such a removal ends as a conflict, and so takes nothing away
 * from anybody. A removal that {@link takeTurns} can do is not counted.
 */
export async function countBlocked({
  changes,
  users,
}: {
  readonly changes: ChangeLog;
  readonly users: UserStore;
}): Promise<BlockedRemovals> {
  const exchanges: Exchange[] = [];
  const losingOthers = new Set<string>();
  for await (const { rows } of changes.removals()) {
    const wanted = rows.map((row) => ({ row, kind: toExchangeKind(row) }));
    const nameOwners = await users.findNameOwners(
      wanted.flatMap(({ row, kind }) => (kind === 'rename' ? toWanted(row) : [])),
      wanted.flatMap(({ row, kind }) => (kind === 'emails' ? toWanted(row) : [])),
    );
    for (const { row, kind } of wanted) {
      if (kind)
        exchanges.push({
          userId: row.userId,
          kind,
          gives: toGiven(row),
          owners: toOwners(row, kind === 'rename' ? nameOwners.usernames : nameOwners.emails),
        });
      else if (row.kind === 'clear') losingOthers.add(row.userId);
    }
  }
  const blocked = findBlocked(exchanges);
  const emails = blocked.filter(({ kind }) => kind === 'emails');
  return {
    renames: blocked.filter(({ kind }) => kind === 'rename').length,
    clearings: emails.filter(({ userId }) => !losingOthers.has(userId)).length,
    emails: emails.length,
  };
}

/**
 * Finds the exchanges whose turn never comes. What one exchange gives up is free for the exchanges that wait
 * for it. The search ends when a round lets no further exchange happen.
 */
function findBlocked(exchanges: readonly Exchange[]): readonly Exchange[] {
  const free = new Set<string>();
  let blocked = exchanges;
  for (let before = Infinity; blocked.length > 0 && blocked.length < before;) {
    before = blocked.length;
    blocked = blocked.filter(({ userId, kind, gives, owners }) => {
      if (!owners.every((owner) => free.has(keyOf(kind, owner.userId, owner.text)))) return true;
      for (const text of gives) free.add(keyOf(kind, userId, text));
      return false;
    });
  }
  return blocked;
}

function keyOf(kind: Exchange['kind'], userId: string, text: string): string {
  return JSON.stringify([kind, userId, text]);
}

function toExchangeKind({ kind, fields }: RemovalRow): Exchange['kind'] | undefined {
  if (kind === 'rename') return 'rename';
  return kind === 'clear' && fields.some(({ field }) => field === 'emails') ? 'emails' : undefined;
}

function toWanted(row: RemovalRow): readonly string[] {
  return row.kind === 'rename' ? [toRenaming(row).to] : toNewAddresses(row.fields);
}

function toGiven(row: RemovalRow): readonly string[] {
  if (row.kind === 'rename') return [(toRenaming(row).from ?? '').toLowerCase()];
  const kept = new Set(toNewAddresses(row.fields).map((address) => address.toLowerCase()));
  return toLostAddresses(row.fields)
    .map((address) => address.toLowerCase())
    .filter((address) => !kept.has(address));
}

function toOwners(row: RemovalRow, owners: Owners): Exchange['owners'] {
  return toWanted(row).flatMap((text) =>
    ownersOf(owners, text).flatMap(({ _id }) =>
      _id === row.userId ? [] : [{ text: text.toLowerCase(), userId: _id }],
    ),
  );
}
