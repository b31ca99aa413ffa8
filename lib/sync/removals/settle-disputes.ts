import { countWanted, type SweepState } from './sweep-state.js';
import { toDepartedAdvice, type ReleaseState } from './departed-advice.js';
import type { Dispute } from './dispute.js';
import { findDeparted, type Departed } from './find-departed.js';
import { toReleaseRows } from './release-rows.js';
import type { RemovalDependencies } from './removal-dependencies.js';

/**
 * Tells of the newcomers whose names belong to accounts that are off, once it is looked up who of these has left; and
 * collects, where the settings want it, the rows that free the names. `isProven`: the sweep proves something.
 */
export async function settleDisputes(
  state: SweepState,
  { isProven }: { readonly isProven: boolean },
  dependencies: RemovalDependencies,
): Promise<void> {
  const { run, settings, users, changes } = dependencies;
  const disputes = state.disputes.splice(0);
  if (disputes.length === 0) return;
  const departed = await findDeparted(
    disputes.flatMap(({ ownerIds }) => ownerIds),
    state,
    dependencies,
  );
  const wantsRelease = settings.policy.freeNames && isProven;
  const releasable = disputes.filter(({ ownerIds }) => ownerIds.every((id) => departed.has(id)));
  const rows = wantsRelease ? await toReleaseRows(releasable, departed, users) : [];
  const released = new Set(rows.map(({ userId }) => userId));
  for (const dispute of disputes) {
    const owners = toOwners(dispute, departed);
    const release: ReleaseState = !settings.policy.freeNames
      ? 'off'
      : dispute.ownerIds.every((id) => released.has(id))
        ? 'waiting'
        : 'not-now';
    run.tally.attention(
      owners ? { ...dispute.row, ...toDepartedAdvice(dispute, owners, release) } : dispute.row,
    );
  }
  countWanted(rows, state);
  await changes.collect(rows);
  await changes.flush();
}

/** The owners of the names, when all of them have left. */
function toOwners(
  { ownerIds }: Dispute,
  departed: ReadonlyMap<string, Departed>,
): readonly Departed[] | undefined {
  const owners = ownerIds.flatMap((id) => departed.get(id) ?? []);
  return owners.length === ownerIds.length ? owners : undefined;
}
