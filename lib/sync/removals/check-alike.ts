import { findGone } from './find-gone.js';
import type { RemovalDependencies } from './removal-dependencies.js';
import { identityOf } from './row-identity.js';
import { skipRows } from './skip-rows.js';
import type { SweepState } from './sweep-state.js';

/**
 * Leaves those pairs to a decision of which the account is linked to an entry that is gone, as a direct
 * look-up says. The others are two people, and their rows say so. While a page is planned, the rest of the
 * directory is not known.
 */
export async function checkAlike(state: SweepState, dependencies: RemovalDependencies): Promise<void> {
  if (state.needingDecision.relinks === 0) return;
  const { left } = await skipRows(
    {
      isMeant: ({ kind, needsDecision }) => kind === 'relink' && needsDecision === true,
      async findRefused(rows) {
        const pairs = rows.filter(({ pair }) => pair !== undefined);
        const formers = pairs.flatMap(({ formerly }) => (formerly ? identityOf(formerly) : []));
        const gone = await findGone(formers, state, dependencies);
        return new Set(pairs.filter(({ formerly }) => !gone.has(formerly?.ldapId ?? '')));
      },
      reason: STILL_THERE,
    },
    dependencies,
  );
  state.needingDecision.relinks = left.size;
}

const STILL_THERE =
  'The entry that the account is linked to is still there, so the two are different people: change the ' +
  'user name and the address of one of them.';
