import type { RemovalRow } from '../../../models/change-row.js';
import { REMOVAL_COUNTS } from '../../../models/removal-kind.js';
import type { RunProblem } from '../../../models/run-report.js';
import { toFormerKey } from '../plan/former-identity.js';
import type { RemovalDependencies } from './removal-dependencies.js';
import { identityOf } from './row-identity.js';
import { skipRows } from './skip-rows.js';
import { isDoubtful, isSureRelink, type SweepState } from './sweep-state.js';

/**
 * Skips a change of the id where several entries have the former id: whoever may write an attribute of their
 * own entry could otherwise take the account of somebody else. Which entries there are is known only at the
 * end of the sweep.
 */
export async function checkFormerIds(state: SweepState, dependencies: RemovalDependencies): Promise<void> {
  const { contestedFormers, needingDecision, seen, surelyRelinked, wanted } = state;
  if (wanted.relinks + surelyRelinked + needingDecision.relinks === 0) return;
  const isContested = ({ ldapId, formerly }: RemovalRow): boolean =>
    formerly !== undefined &&
    (contestedFormers.has(toFormerKey(identityOf(formerly))) ||
      // Somebody else is identified by it. The same value may stand in two attributes of one entry.
      (formerly.ldapId !== ldapId && seen.has(formerly.ldapId)));
  const { refused } = await skipRows(
    {
      // Whoever may be somebody else switches nobody off either.
      isMeant: (row) => isDoubtful(row) || (row.kind === 'relink' && row.pair === undefined),
      findRefused: (rows) => {
        const contested = rows.filter(isContested);
        for (const row of contested) if (!isSureRelink(row)) countOut(row, state);
        return Promise.resolve(new Set(contested));
      },
      reason: CONTESTED,
    },
    dependencies,
  );
  if (refused.size > 0) dependencies.run.tally.problem(toProblem(refused.size));
}

/** Of a person in doubt there is one row of a kind. */
function countOut({ kind, needsDecision }: RemovalRow, { wanted, needingDecision }: SweepState): void {
  const counts = needsDecision === true ? needingDecision : wanted;
  counts[REMOVAL_COUNTS[kind]] -= 1;
}

const CONTESTED =
  'Another entry has the id that the user is linked by, too, so nobody is linked by another one, or switched off.';

function toProblem(users: number): RunProblem {
  return {
    message:
      `${users} ${users === 1 ? 'user was' : 'users were'} not linked by what identifies their entry ` +
      'now: several entries have what they are linked by.',
    remedy:
      'Look at the skipped rows (ldap.runChanges). Let the attribute have another value in every entry, ' +
      'and see to it that people cannot write it in their own.',
    setting: 'LDAP_Unique_Identifier_Field',
  };
}
