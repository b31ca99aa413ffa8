import type { ChangeRow } from '../../models/change-row.js';
import type { Outcome } from '../../models/run-report.js';
import { compareAdditions } from '../../lib/sync/compare-additions.js';
import { createTally } from '../../lib/sync/run/tally.js';

const row = (userId: string, outcome: Outcome = 'updated', to = 'x'): ChangeRow =>
  ({
    kind: 'write',
    state: 'done',
    outcome,
    userId,
    username: userId,
    fields: [{ field: 'name', to }],
  }) as never;

const rows = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => row(`u${from + index}`));

const RUNS: Readonly<Record<string, readonly ChangeRow[]>> = {
  preview: [...rows(0, 60), row('newa', 'created'), row('other', 'updated', 'old')],
  earlier: rows(0, 5),
  run: [...rows(3, 50), row('newb', 'created'), row('other', 'updated', 'new')],
};

/** As they are stored, and how often each list was read. */
function createChanges() {
  const reads: string[] = [];
  return {
    reads,
    changes: {
      countWrites: (runId: string) => Promise.resolve(RUNS[runId]?.length ?? 0),
      async *writes(runId: string) {
        reads.push(runId);
        for (let at = 0; at < (RUNS[runId]?.length ?? 0); at += 7)
          yield await Promise.resolve({ id: `${at}`, rows: RUNS[runId]?.slice(at, at + 7) ?? [] });
      },
    },
  };
}

const ASKED = { previewId: 'preview', earlier: ['earlier'], runId: 'run' } as const;
const goesOn = { checkIn: () => Promise.resolve(), assertGoingOn: () => undefined };

describe('what was written, beside what a preview has shown', () => {
  it.each([
    ['at once', 1_000, 2],
    ['in as many parts as memory has room for', 10, 14],
  ])('is compared %s, with the same result', async (_, most, reads) => {
    const own = createChanges();
    const tally = createTally();
    const tell = await compareAdditions({ ...ASKED, most }, { changes: own.changes, run: goesOn });
    expect(tell(tally)).toEqual({
      notWanted: { updated: 11, created: 1 },
      notPlanned: { updated: 1, created: 1 },
    });
    expect(own.reads.filter((runId) => runId === 'preview')).toHaveLength(reads);
    expect(tally.snapshot().attention).toHaveLength(14);
    expect(tally.snapshot().problems).toHaveLength(1);
  });

  it('is compared until somebody cancels the run, and not a page longer', async () => {
    const own = createChanges();
    let pages = 0;
    const run = {
      checkIn: () => Promise.resolve(void (pages += 1)),
      assertGoingOn() {
        if (pages === 3) throw new Error('cancelled');
      },
    };
    await expect(compareAdditions(ASKED, { changes: own.changes, run })).rejects.toThrow('cancelled');
    expect([pages, own.reads]).toEqual([3, ['preview']]);
  });
});
