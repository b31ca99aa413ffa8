import { carryOut } from './carry-out.js';
import type { RemovalDependencies } from './removal-dependencies.js';
import type { RemovalSettlement } from './settle-removal.js';
import { isSureRelink, type SweepState } from './sweep-state.js';

/**
 * Links users by what identifies their entries now, where it is sure that they are the same people: whoever
 * is shown is shown, whatever else the sweep did or did not show. Only where the sweep has verified the
 * directory.
 */
export async function relinkSurely(
  { surelyRelinked }: SweepState,
  { settlement, ...dependencies }: RemovalDependencies & { readonly settlement: RemovalSettlement },
): Promise<void> {
  if (surelyRelinked === 0) return;
  await carryOut(dependencies, { isDecided: false, isMeant: isSureRelink, settlement });
}
