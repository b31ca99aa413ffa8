import { toAdvice, type Advice } from '../../advice.js';
import type { RemovalRow } from '../../../models/change-row.js';
import type { AttentionRow, Outcome } from '../../../models/run-report.js';
import type { Tally } from '../run/tally.js';

/** What a report says about a removal. */
interface Account extends Advice {
  readonly dn?: string | undefined;
}

interface Settled {
  readonly state: 'done' | 'skipped';
  readonly outcome: Outcome;
  readonly account: Account | undefined;
}

/**
 * Counts what became of removals: each person once, even with several removals. Returns the row in its final
 * state.
 */
export interface RemovalSettlement {
  done(row: RemovalRow, account?: Account): RemovalRow;
  skipped(row: RemovalRow, account: Account): RemovalRow;
  conflicted(row: RemovalRow, account: Account): RemovalRow;
  failed(row: RemovalRow, account: Account): RemovalRow;
}

/** A person is counted again under another outcome only when that outcome has a greater weight. */
const WEIGHT: Partial<Record<Outcome, number>> = {
  updated: 1,
  linked: 1,
  reactivated: 1,
  created: 1,
  conflicted: 2,
  failed: 2,
  deactivated: 3,
};

/**
 * `countsSkipped`: a person whose removal is skipped is counted too, as unchanged. Approvals and reverts need
 * that, because they are about these people only.
 */
export function createRemovalSettlement(
  tally: Tally,
  { countsSkipped }: { readonly countsSkipped: boolean },
): RemovalSettlement {
  const counted = new Map<string, Outcome>();

  function count({ userId, countedAs }: RemovalRow, outcome: Outcome): void {
    const before = counted.get(userId) ?? countedAs;
    if (before === undefined) tally.count(outcome);
    else if ((WEIGHT[outcome] ?? 0) > (WEIGHT[before] ?? 0)) tally.recount(before, outcome);
    else return;
    counted.set(userId, outcome);
  }

  function settle(row: RemovalRow, { state, outcome, account }: Settled): RemovalRow {
    const dn = account?.dn ?? row.dn;
    const whoIs: Pick<AttentionRow, 'userId' | 'username' | 'name' | 'dn'> = {
      userId: row.userId,
      ...(row.username === undefined ? {} : { username: row.username }),
      ...(row.name === undefined ? {} : { name: row.name }),
      ...(dn === undefined ? {} : { dn }),
    };
    if (account) tally.attention({ outcome, ...whoIs, ...toAdvice(account) });
    return { ...row, ...whoIs, state, outcome, ...(account ? { reason: account.reason } : {}) };
  }

  function hinder(row: RemovalRow, outcome: 'conflicted' | 'failed', account: Account): RemovalRow {
    count(row, outcome);
    return settle(row, { state: 'skipped', outcome, account });
  }

  return {
    done(row, account) {
      count(row, row.outcome);
      return settle(row, { state: 'done', outcome: row.outcome, account });
    },
    skipped(row, account) {
      const outcome = counted.get(row.userId) ?? row.countedAs ?? 'unchanged';
      if (countsSkipped) count(row, outcome);
      return settle(row, { state: 'skipped', outcome, account });
    },
    conflicted: (row, account) => hinder(row, 'conflicted', account),
    failed: (row, account) => hinder(row, 'failed', account),
  };
}
