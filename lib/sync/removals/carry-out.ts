import type { RemovalKind } from '../../../models/removal-kind.js';
import { RUN_KINDS } from '../run/run-kinds.js';
import { commitRemovals, type CommitDependencies } from './commit-removals.js';
import { confirmRemovals } from './confirm-removals.js';
import { toOrder } from './exchange-graph.js';
import type { NameExchange, RemovalKindDefinition } from './kinds/removal-kind.js';
import { KINDS, KINDS_IN_ORDER } from './kinds/removal-kinds.js';
import { CHANGED, OBSTACLES } from './obstacles.js';
import type { RemovalDependencies } from './removal-dependencies.js';
import { toUnit, type Manner, type RemovalItem, type RemovalUnit } from './removal-unit.js';
import { findOwners, toExchange } from './row-exchange.js';
import { createRemovalSettlement, type RemovalSettlement } from './settle-removal.js';
import type { ChangeChunk } from '../history/change-log.js';
import type { RemovalRow } from '../../../models/change-row.js';

/** Which rows are carried out. */
interface CarriedRows {
  /** Somebody has decided, also about rows that need a decision. */
  readonly isDecided: boolean;
  /** @default all */
  readonly isMeant?: (row: RemovalRow) => boolean;
  /** What has been counted of the same people before. @default of nobody */
  readonly settlement?: RemovalSettlement;
}

/**
 * Does the removals that were collected, kind by kind. A direct look-up confirms each removal first, and its row
 * says what became of it. Rows that need a decision go on waiting, unless `isDecided`.
 */
export async function carryOut(
  dependencies: RemovalDependencies,
  { isDecided, isMeant = () => true, settlement }: CarriedRows,
): Promise<void> {
  const { run, phase } = dependencies;
  const counting = settlement ?? createRemovalSettlement({ countsSkipped: !RUN_KINDS[run.kind].sweeps });
  const wanted = (row: RemovalRow): boolean =>
    row.state === 'waiting' && (isDecided || row.needsDecision !== true) && isMeant(row);
  await phase('removals', async () => {
    for (const kind of KINDS_IN_ORDER)
      await carryOutKind(kind, wanted, { ...dependencies, settlement: counting });
  });
}

type Dependencies = RemovalDependencies & CommitDependencies;

async function carryOutKind(
  kind: RemovalKind,
  isWanted: (row: RemovalRow) => boolean,
  dependencies: Dependencies,
): Promise<void> {
  const { changes, run } = dependencies;
  const { exchange } = KINDS[kind];
  const manner = toManner(KINDS[kind]);
  const exchanging: RemovalItem[] = [];
  for await (const chunk of changes.removals()) {
    await run.checkIn();
    run.assertGoingOn();
    const rows = toItems(chunk).filter(({ row }) => row.kind === kind && isWanted(row));
    if (rows.length === 0) continue;
    const items = await confirmItems(rows, dependencies);
    // Exchanges of names wait until all are known, because one may wait for another.
    if (exchange) exchanging.push(...items.filter(({ refused }) => !refused));
    const alone = exchange ? items.filter(({ refused }) => refused) : items;
    await commitRemovals(
      alone.map((item) => toUnit([item])),
      manner,
      dependencies,
    );
  }
  if (!exchange || exchanging.length === 0) return;
  await commitRemovals(await orderExchanges(exchanging, exchange, dependencies), manner, dependencies);
}

export function toItems({ id, rows }: ChangeChunk<RemovalRow>): readonly RemovalItem[] {
  return rows.map((row, index) => ({ chunkId: id, index, row }));
}

async function confirmItems(
  items: readonly RemovalItem[],
  { directory, users, settings, memberships, run }: RemovalDependencies,
): Promise<readonly RemovalItem[]> {
  const confirmations = await confirmRemovals(
    items.map(({ row }) => row),
    { directory, users, settings, memberships, signal: run.signal },
  );
  return items.map((item) => {
    const confirmation = confirmations.get(item.row);
    return confirmation?.confirmed
      ? { ...item, confirmed: confirmation }
      : { ...item, refused: confirmation ?? CHANGED };
  });
}

/** In an order in which they can happen; those who exchange names in a circle together. */
export async function orderExchanges(
  items: readonly RemovalItem[],
  exchange: NameExchange,
  { users }: Pick<RemovalDependencies, 'users'>,
): Promise<readonly RemovalUnit[]> {
  const owners = await findOwners(
    items.map(({ row }) => row),
    exchange,
    { users },
  );
  const exchanges = items.map((item) => ({ ...toExchange(item.row, exchange, owners), item }));
  return toOrder(exchanges).map((group) => toUnit(group.map(({ item }) => item)));
}

function toManner(kind: RemovalKindDefinition): Manner {
  return {
    exchange: kind.exchange,
    switchesOff: kind.switchesOff === 'carry-out',
    ...(kind.takesAdmin ? { takesAdmin: kind.takesAdmin } : {}),
    heedsTeams: kind.exchange?.names === 'usernames',
    moves: kind.isAboutRooms ? 'leave' : undefined,
    access: 'revoked',
    connects: (row) => kind.connects?.(row) === true,
    carry: kind.carryOut,
    toDone({ row, confirmed }) {
      const fields = confirmed?.fields ?? row.fields;
      const account = confirmed && kind.toAccount?.(confirmed, { ...row, fields });
      return {
        state: 'done',
        outcome: kind.outcome.done,
        ...(account ? { account: { ...account, dn: confirmed.dn } } : {}),
      };
    },
    toObstacle: (item, obstacle) => OBSTACLES[obstacle](item),
    toTaken: ({ row }) => ({ state: 'conflicted', account: kind.exchange?.toTaken(row) ?? CHANGED }),
  };
}
