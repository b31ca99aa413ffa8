import type { RemovalRow } from '../../models/change-row.js';
import type { RunReport } from '../../models/run-report.js';
import { toRoomManner } from '../settings/room-settings.js';
import type { Settings } from '../settings/settings.js';
import { orderExchanges, toItems } from './removals/carry-out.js';
import { isAboutAccess } from './removals/follow-access.js';
import { commitRemovals, type CommitDependencies } from './removals/commit-removals.js';
import type { RemovalKindDefinition } from './removals/kinds/removal-kind.js';
import { KINDS, KINDS_IN_ORDER } from './removals/kinds/removal-kinds.js';
import { toUnit, type Manner, type RemovalItem } from './removals/removal-unit.js';
import { NEVER_TAKEN, TO_OBSTACLE } from './removals/revert-obstacles.js';
import { createRemovalSettlement } from './removals/settle-removal.js';
import { ensureAuditCollection } from './rooms/room-collections.js';
import { createMongoRoomStore } from './rooms/room-store.js';
import type { RunDependencies } from './run-dependencies.js';
import type { ActiveRun } from './run/active-run.js';
import type { RunEnd } from './run/run-end.js';

/**
 * Takes back what another run took away, where nobody has changed it since. The report names every person who
 * cannot be restored. Fails, and leaves everything as it is, where the history no longer says what was done.
 */
export async function runRevert(
  run: ActiveRun,
  settings: Settings,
  dependencies: RunDependencies,
): Promise<RunEnd> {
  const { changes, phase, runs, files, clock: now, connection, createUserStore } = dependencies;
  const target = run.of ?? '';
  const report = await runs.get(target);
  const done: RemovalRow[] = [];
  for await (const { rows } of changes.removals(target))
    done.push(...rows.filter(({ state }) => state === 'done'));
  if (report && isExpired(report, done.length)) {
    run.tally.problem(EXPIRED);
    return { state: 'failed' };
  }
  if (done.some(isAboutAccess)) await ensureAuditCollection(connection);
  await changes.collect(done.map(toOpposite));
  await changes.flush();
  const settlement = createRemovalSettlement({ countsSkipped: true });
  const rooms = createMongoRoomStore(connection, { now, ...toRoomManner(settings) });
  await phase('removals', () =>
    takeBack(target, { users: createUserStore(), rooms, files, changes, run, now, settlement }),
  );
  await runs.markReverted(target, run.id);
  for (const kind of new Set(done.map((row) => row.kind))) {
    const { afterRevert } = KINDS[kind];
    if (afterRevert) run.tally.problem(afterRevert);
  }
  return { state: 'completed' };
}

const EXPIRED = {
  message:
    'The history no longer says everything that the run did: rows are older than LDAP_Sync_History_Days.',
  remedy: 'Mend the directory and run the sync again, or change the users by hand. Nothing was taken back.',
};

/** `rows`: how many removals the history still holds. Reports of earlier versions do not say how many there were. */
function isExpired({ removed, counts }: RunReport, rows: number): boolean {
  return removed === undefined ? rows === 0 && counts.deactivated > 0 : rows < removed;
}

async function takeBack(target: string, dependencies: CommitDependencies): Promise<void> {
  const items: RemovalItem[] = [];
  for await (const chunk of dependencies.changes.removals()) items.push(...toItems(chunk));
  for (const kind of KINDS_IN_ORDER) {
    const { exchange } = KINDS[kind];
    const own = items.filter(({ row }) => row.kind === kind);
    const units = exchange
      ? await orderExchanges(own, exchange, dependencies)
      : own.map((item) => toUnit([item]));
    await commitRemovals(units, toManner(KINDS[kind], target), dependencies);
  }
}

function toManner(kind: RemovalKindDefinition, target: string): Manner {
  return {
    exchange: kind.exchange,
    switchesOff: kind.switchesOff === 'take-back',
    heedsTeams: false,
    moves: kind.isAboutRooms ? 'give-back' : undefined,
    access: 'given-back',
    connects: () => false,
    ...(kind.givesBack ? { givesBack: kind.givesBack } : {}),
    carry: (row, present) => kind.takeBack(row, present, target),
    toDone: () => ({ state: 'done', outcome: kind.outcome.takenBack }),
    toObstacle: ({ row }, obstacle) => ({ state: 'skipped', account: TO_OBSTACLE[obstacle](row) }),
    toTaken: ({ row }) => ({ state: 'skipped', account: kind.exchange?.toTakenSince(row) ?? NEVER_TAKEN }),
  };
}

function toOpposite({
  countedAs: _countedAs,
  because: _because,
  reason: _reason,
  ...row
}: RemovalRow): RemovalRow {
  const fields = row.fields.map(({ field, from, to }) => ({
    field,
    ...(to === undefined ? {} : { from: to }),
    ...(from === undefined ? {} : { to: from }),
  }));
  return { ...row, fields, state: 'waiting', outcome: KINDS[row.kind].outcome.takenBack };
}
