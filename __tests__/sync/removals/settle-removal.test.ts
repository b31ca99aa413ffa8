import type { RemovalRow } from '../../../models/change-row.js';
import type { Outcome } from '../../../models/run-report.js';
import {
  createRemovalSettlement,
  type Account,
  type Settling,
} from '../../../lib/sync/removals/settle-removal.js';
import { createTally, type Tally } from '../../../lib/sync/run/tally.js';

const ROW: RemovalRow = {
  kind: 'rename',
  outcome: 'updated',
  state: 'waiting',
  userId: 'u1',
  username: 'ada',
  name: 'Ada',
  dn: 'cn=ada',
  ldapId: '01',
  idAttribute: 'entryUUID',
  countedAs: 'unchanged',
  fields: [],
};
const OFF: RemovalRow = { ...ROW, kind: 'deactivate', outcome: 'deactivated' };
const WHY = {
  code: 'switched-off',
  params: { cause: 'gone' },
  reason: 'Because.',
  remedy: 'Do this.',
} as const;
const withoutCount = ({ countedAs: _countedAs, ...row }: RemovalRow): RemovalRow => row;

/** A settlement whose every removal is in a transaction of its own, which is committed. */
function toSettlement(tally: Tally, countsSkipped: boolean) {
  const settlement = createRemovalSettlement({ countsSkipped });
  const settle = (row: RemovalRow, settling: Settling): RemovalRow => {
    const draft = settlement.begin();
    const settled = draft.settle(row, settling, tally);
    draft.keep();
    return settled;
  };
  return {
    done: (row: RemovalRow, account?: Account) =>
      settle(row, { state: 'done', outcome: row.outcome, ...(account ? { account } : {}) }),
    skipped: (row: RemovalRow, account: Account) => settle(row, { state: 'skipped', account }),
    conflicted: (row: RemovalRow, account: Account) => settle(row, { state: 'conflicted', account }),
    failed: (row: RemovalRow, account: Account) => settle(row, { state: 'failed', account }),
  };
}

function settling({ countsSkipped = false } = {}) {
  const tally = createTally();
  tally.count('unchanged');
  const counts = () =>
    Object.fromEntries(Object.entries(tally.snapshot().counts).filter(([, count]) => count !== 0));
  return {
    settlement: toSettlement(tally, countsSkipped),
    removed: () => tally.snapshot().removed,
    counts,
    attention: () => tally.snapshot().attention,
  };
}

describe('a removal that is done', () => {
  it('moves the person to what it made of them', () => {
    const { settlement, counts, attention } = settling();
    expect(settlement.done(ROW)).toEqual({ ...ROW, state: 'done' });
    expect(counts()).toEqual({ updated: 1 });
    expect(attention()).toEqual([]);
  });

  it('counts somebody who was not counted before', () => {
    const { settlement, counts } = settling();
    settlement.done(withoutCount(OFF));
    expect(counts()).toEqual({ unchanged: 1, deactivated: 1 });
  });

  it('is told with its reason, where somebody should know, and with the DN that a look-up found', () => {
    const { settlement, attention } = settling();
    expect(settlement.done(OFF, { ...WHY, dn: 'cn=moved' })).toEqual({
      ...OFF,
      dn: 'cn=moved',
      state: 'done',
      reason: 'Because.',
    });
    expect(attention()).toEqual([
      { outcome: 'deactivated', userId: 'u1', username: 'ada', name: 'Ada', dn: 'cn=moved', ...WHY },
    ]);
  });

  it('says nothing of a name or a DN that nobody knows', () => {
    const { settlement, attention } = settling();
    const { kind, outcome, state, userId, ldapId, idAttribute, countedAs, fields } = OFF;
    const nameless: RemovalRow = {
      kind,
      outcome,
      state,
      userId,
      ldapId,
      idAttribute,
      fields,
      ...(countedAs ? { countedAs } : {}),
    };
    expect(settlement.done(nameless, WHY)).toEqual({ ...nameless, state: 'done', reason: 'Because.' });
    const [row = {}] = attention();
    expect(Object.keys(row).sort()).toEqual(['code', 'outcome', 'params', 'reason', 'remedy', 'userId']);
  });
});

describe('of several removals of one person, the weightiest counts', () => {
  it.each<[Outcome, Outcome, Outcome]>([
    ['unchanged', 'updated', 'updated'],
    ['created', 'updated', 'created'],
    ['linked', 'updated', 'linked'],
    ['reactivated', 'updated', 'reactivated'],
    ['reactivated', 'conflicted', 'conflicted'],
    ['linked', 'conflicted', 'conflicted'],
    ['created', 'conflicted', 'conflicted'],
    ['updated', 'conflicted', 'conflicted'],
    ['conflicted', 'updated', 'conflicted'],
    ['conflicted', 'deactivated', 'deactivated'],
    ['deactivated', 'conflicted', 'deactivated'],
    ['failed', 'updated', 'failed'],
    ['updated', 'failed', 'failed'],
    ['failed', 'deactivated', 'deactivated'],
    ['rejected', 'updated', 'updated'],
    ['updated', 'unchanged', 'updated'],
    ['unchanged', 'linked', 'linked'],
    ['unchanged', 'created', 'created'],
    ['unchanged', 'reactivated', 'reactivated'],
    ['updated', 'linked', 'linked'],
    ['updated', 'reactivated', 'reactivated'],
    ['linked', 'reactivated', 'linked'],
    ['failed', 'reactivated', 'failed'],
  ])('%s, then %s: %s', (before, outcome, counted) => {
    const tally = createTally();
    tally.count(before);
    toSettlement(tally, false).done({ ...ROW, countedAs: before, outcome });
    expect(Object.entries(tally.snapshot().counts).filter(([, count]) => count !== 0)).toEqual([
      [counted, 1],
    ]);
  });

  it('in whichever order they are done', () => {
    for (const rows of [
      [ROW, OFF],
      [OFF, ROW],
    ]) {
      const { settlement, counts } = settling();
      for (const row of rows) settlement.done(row);
      expect(counts()).toEqual({ deactivated: 1 });
    }
  });

  it('and each person for themselves', () => {
    const { settlement, counts } = settling();
    settlement.done(OFF);
    settlement.done(withoutCount({ ...ROW, userId: 'u2' }));
    expect(counts()).toEqual({ deactivated: 1, updated: 1 });
  });
});

describe('a removal that is skipped', () => {
  it('leaves the person counted as before, and says why', () => {
    const { settlement, counts, attention } = settling();
    expect(settlement.skipped(ROW, WHY)).toEqual({
      ...ROW,
      state: 'skipped',
      outcome: 'unchanged',
      reason: 'Because.',
    });
    expect(counts()).toEqual({ unchanged: 1 });
    expect(attention()).toEqual([expect.objectContaining({ outcome: 'unchanged', ...WHY })]);
  });

  it(
    'of somebody who was not read counts nobody in a sync, but as unchanged where the run is about these ' +
      'people only',
    () => {
      const sync = settling();
      expect(sync.settlement.skipped(withoutCount(OFF), WHY)).toMatchObject({ outcome: 'unchanged' });
      expect(sync.counts()).toEqual({ unchanged: 1 });
      const approval = settling({ countsSkipped: true });
      approval.settlement.skipped(withoutCount(OFF), WHY);
      expect(approval.counts()).toEqual({ unchanged: 2 });
    },
  );

  it('is told as what another removal has made of the person by then', () => {
    const { settlement, counts } = settling({ countsSkipped: true });
    settlement.done(ROW);
    expect(settlement.skipped(OFF, WHY)).toMatchObject({ state: 'skipped', outcome: 'updated' });
    expect(counts()).toEqual({ updated: 1 });
  });

  it('is outweighed by one that is done later', () => {
    const { settlement, counts } = settling({ countsSkipped: true });
    settlement.skipped(withoutCount(ROW), WHY);
    settlement.done(withoutCount(OFF));
    expect(counts()).toEqual({ unchanged: 1, deactivated: 1 });
  });
});

it('a name that somebody else has makes the person conflicted', () => {
  const { settlement, counts, attention } = settling();
  expect(settlement.conflicted(ROW, WHY)).toEqual({
    ...ROW,
    state: 'skipped',
    outcome: 'conflicted',
    reason: 'Because.',
  });
  expect(counts()).toEqual({ conflicted: 1 });
  expect(attention()).toEqual([expect.objectContaining({ outcome: 'conflicted', dn: 'cn=ada', ...WHY })]);
});

it('a user whom the database refuses counts as failed, and the row as skipped', () => {
  const { settlement, counts, removed } = settling();
  expect(settlement.failed(OFF, WHY)).toMatchObject({
    state: 'skipped',
    outcome: 'failed',
    reason: 'Because.',
  });
  expect([counts(), removed()]).toEqual([{ failed: 1 }, 0]);
});

it('only what is done counts as removed, each row of a person', () => {
  const { settlement, removed } = settling();
  settlement.done(ROW);
  settlement.done(OFF);
  settlement.skipped({ ...OFF, userId: 'u2' }, WHY);
  expect(removed()).toBe(2);
});

describe('what a transaction has settled', () => {
  it('is forgotten when it is not committed: the next attempt counts the person once', () => {
    const tally = createTally();
    tally.count('unchanged');
    const settlement = createRemovalSettlement({ countsSkipped: false });
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const own = tally.draft();
      const draft = settlement.begin();
      draft.settle(OFF, { state: 'done', outcome: 'deactivated' }, own);
      if (attempt < 2) continue;
      draft.keep();
      tally.adopt(own);
    }
    expect(tally.snapshot()).toMatchObject({ counts: { unchanged: 0, deactivated: 1 }, removed: 1 });
  });

  it('is known to the next transaction when it is committed', () => {
    const { settlement, counts } = settling();
    settlement.done(ROW);
    settlement.done(ROW);
    expect(counts()).toEqual({ updated: 1 });
  });
});
