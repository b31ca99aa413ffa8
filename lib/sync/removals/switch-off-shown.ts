import type { GuardRefusal } from './guard.js';
import { toRemovalCounts } from '../../../models/removal-kind.js';
import { carryOut } from './carry-out.js';
import { checkAmount } from './check-amount.js';
import type { RemovalDependencies } from './removal-dependencies.js';
import type { RemovalSettlement } from './settle-removal.js';
import { isShownDisabledRow, type SweepState } from './sweep-state.js';

/**
 * Switches off whom the sweep showed as disabled, although it proves nothing about those whom it did not show: what is
 * shown does not depend on the rest. The limit of deactivations counts, an earlier list that waits for a decision holds
 * them back, and a look-up confirms each. Only where the sweep has verified the directory.
 */
export async function switchOffShown(
  state: SweepState,
  undecided: GuardRefusal | undefined,
  { settlement, ...dependencies }: RemovalDependencies & { readonly settlement: RemovalSettlement },
): Promise<void> {
  const { shownDisabled, linkedBefore } = state;
  if (shownDisabled === 0 || undecided !== undefined) return;
  const wanted = { ...toRemovalCounts(), deactivations: shownDisabled, linked: linkedBefore };
  if (!checkAmount(wanted, dependencies.settings.guard).allowed) return;
  await carryOut(dependencies, { isDecided: false, isMeant: isShownDisabledRow, settlement });
  state.wanted.deactivations -= shownDisabled;
  state.shownDisabled = 0;
}
