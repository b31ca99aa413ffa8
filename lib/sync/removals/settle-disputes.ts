import type { RemovalRow } from '../../../models/change-row.js';
import type { AttentionRow } from '../../../models/run-report.js';
import { countWanted } from './count-wanted.js';
import type { SweepState } from './sweep-state.js';
import { toDepartedAdvice, type ReleaseState } from './departed-advice.js';
import type { Dispute } from './dispute.js';
import { findDeparted, type Departed } from './find-departed.js';
import { toReleaseRows } from './release-rows.js';
import type { RemovalDependencies } from './removal-dependencies.js';

/**
 * Tells of the newcomers whose names belong to accounts that are off, once it is looked up who of these has
 * left; and collects, where the settings want it, the rows that free the names. `isProven`: the sweep is
 * complete, and of the right directory.
 */
export async function settleDisputes(
  state: SweepState,
  { isProven }: { readonly isProven: boolean },
  dependencies: RemovalDependencies,
): Promise<void> {
  const { run, settings, changes } = dependencies;
  const disputes = state.disputes.splice(0);
  if (disputes.length === 0) return;
  const { freeNames } = settings.policy;
  let found: Found = { departed: new Map(), rows: [] };
  try {
    found = await find(disputes, { state, wantsRows: freeNames && isProven }, dependencies);
  } finally {
    for (const dispute of disputes) run.tally.attention(toRow(dispute, found, freeNames));
  }
  countWanted(found.rows, state);
  await changes.collect(found.rows);
  await changes.flush();
}

interface Found {
  readonly departed: ReadonlyMap<string, Departed>;
  /** What frees the names. */
  readonly rows: readonly RemovalRow[];
}

async function find(
  disputes: readonly Dispute[],
  { state, wantsRows }: { readonly state: SweepState; readonly wantsRows: boolean },
  dependencies: RemovalDependencies,
): Promise<Found> {
  const ownerIds = disputes.flatMap((dispute) => dispute.ownerIds);
  const departed = await findDeparted(ownerIds, state, dependencies);
  const releasable = disputes.filter((dispute) => toOwners(dispute, departed) !== undefined);
  const rows = wantsRows ? await toReleaseRows(releasable, departed, dependencies.users) : [];
  return { departed, rows };
}

function toRow(dispute: Dispute, { departed, rows }: Found, freeNames: boolean): AttentionRow {
  const owners = toOwners(dispute, departed);
  if (!owners) return dispute.row;
  const isWaiting = dispute.ownerIds.every((id) => rows.some(({ userId }) => userId === id));
  const release: ReleaseState = !freeNames ? 'off' : isWaiting ? 'waiting' : 'not-now';
  return { ...dispute.row, ...toDepartedAdvice(dispute, owners, release) };
}

/** The owners of the names, when all of them have left. */
function toOwners(
  { ownerIds }: Dispute,
  departed: ReadonlyMap<string, Departed>,
): readonly Departed[] | undefined {
  const owners = ownerIds.flatMap((id) => departed.get(id) ?? []);
  return owners.length === ownerIds.length ? owners : undefined;
}
