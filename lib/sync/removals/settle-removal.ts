import { toAdvice, type Advice } from '../../advice.js';
import type { RemovalRow } from '../../../models/change-row.js';
import type { AttentionRow, Outcome } from '../../../models/run-report.js';
import type { Tally } from '../run/tally.js';

/** What a report says about a removal. */
export interface Account extends Advice {
  readonly dn?: string | undefined;
}

/** What became of a removal: it was done, or why not. */
export type Settling =
  | { readonly state: 'done'; readonly outcome: Outcome; readonly account?: Account | undefined }
  | { readonly state: 'skipped' | 'conflicted' | 'failed'; readonly account: Account };

/**
 * Counts what became of removals: each person once, even with several removals. What it counts in a transaction
 * is kept when the transaction is committed.
 */
export interface RemovalSettlement {
  begin(): SettlementDraft;
}

export interface SettlementDraft {
  /** Counts it, and returns the row in its final state. */
  settle(row: RemovalRow, settling: Settling, tally: Tally): RemovalRow;
  /** The transaction has been committed. */
  keep(): void;
}

/** A person is counted again under another outcome only when that outcome has a greater weight. */
const WEIGHT: Partial<Record<Outcome, number>> = {
  updated: 1,
  created: 1,
  linked: 2,
  reactivated: 2,
  conflicted: 3,
  failed: 3,
  deactivated: 4,
};

/**
 * `countsSkipped`: a person whose removal is skipped is counted too, as unchanged. Approvals and reverts need
 * that, because they are about these people only.
 */
export function createRemovalSettlement({
  countsSkipped,
}: {
  readonly countsSkipped: boolean;
}): RemovalSettlement {
  const kept = new Map<string, Outcome>();

  return {
    begin() {
      const counted = new Map<string, Outcome>();
      const outcomeOf = ({ userId, countedAs }: RemovalRow): Outcome | undefined =>
        counted.get(userId) ?? kept.get(userId) ?? countedAs;

      function count(row: RemovalRow, outcome: Outcome, tally: Tally): void {
        const before = outcomeOf(row);
        if (before === undefined) tally.count(outcome);
        else if ((WEIGHT[outcome] ?? 0) > (WEIGHT[before] ?? 0)) tally.recount(before, outcome);
        else return;
        counted.set(row.userId, outcome);
      }

      return {
        settle(row, settling, tally) {
          const outcome = toOutcome(settling) ?? outcomeOf(row) ?? 'unchanged';
          if (settling.state !== 'skipped' || countsSkipped) count(row, outcome, tally);
          if (settling.state === 'done') tally.removed(1);
          return tell(row, settling, { outcome, tally });
        },
        keep() {
          for (const [userId, outcome] of counted) kept.set(userId, outcome);
        },
      };
    },
  };
}

/** A removal that is skipped leaves the person what they were. */
function toOutcome(settling: Settling): Outcome | undefined {
  if (settling.state === 'done') return settling.outcome;
  return settling.state === 'skipped' ? undefined : settling.state;
}

function tell(
  row: RemovalRow,
  { state, account }: Settling,
  { outcome, tally }: { readonly outcome: Outcome; readonly tally: Tally },
): RemovalRow {
  const dn = account?.dn ?? row.dn;
  const whoIs: Pick<AttentionRow, 'userId' | 'username' | 'name' | 'dn'> = {
    userId: row.userId,
    ...(row.username === undefined ? {} : { username: row.username }),
    ...(row.name === undefined ? {} : { name: row.name }),
    ...(dn === undefined ? {} : { dn }),
  };
  if (account) tally.attention({ outcome, ...whoIs, ...toAdvice(account) });
  return {
    ...row,
    ...whoIs,
    state: state === 'done' ? 'done' : 'skipped',
    outcome,
    ...(account ? { reason: account.reason } : {}),
  };
}
