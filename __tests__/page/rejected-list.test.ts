import type { Run } from '../../ui/api/answers.js';
import { findGoodBefore } from '../../ui/held/good-before.js';
import { isRejectedStill } from '../../ui/held/rejected.js';

const NONE = { read: 0, created: 0, updated: 0, linked: 0, unchanged: 0, deactivated: 0, reactivated: 0 };
const COUNTS = { ...NONE, rejected: 0, conflicted: 0, failed: 0 };
const run = (given: Partial<Run> = {}): Run => ({
  _id: 'held',
  kind: 'sync',
  state: 'completed',
  requestedBy: { _id: 'system' },
  startedAt: '2026-01-03T00:00:00Z',
  finishedAt: '2026-01-03T00:01:00Z',
  counts: COUNTS,
  attentionCount: 0,
  problemCount: 0,
  ...given,
});
const heldRun = (given: Partial<Run> = {}): Run =>
  run({
    state: 'held',
    held: { approvable: true, reason: 'Many.', remedy: 'Look.', deactivations: 3 },
    ...given,
  });
const verdict = (of: 'approved' | 'rejected') => ({
  verdict: of,
  by: { _id: 'a' },
  at: '2026-01-03T00:02:00Z',
});
const success = (finishedAt: string) => ({ runId: 'good', finishedAt, ageSeconds: 1 });

describe('a list that was rejected, whole or in part,', () => {
  const earlier = { lastSuccess: success('2026-01-02T00:00:00Z'), held: null };

  it('is no good end while no sync has come since', () => {
    expect(isRejectedStill(heldRun({ decision: verdict('rejected') }), earlier)).toBe(true);
    const inPart = { decision: verdict('approved'), partlyDecided: [verdict('rejected')] };
    expect(isRejectedStill(heldRun(inPart), earlier)).toBe(true);
  });

  it('is over when a good sync has come since, when another list waits, and was none when it was approved', () => {
    const rejected = heldRun({ decision: verdict('rejected') });
    const later = { lastSuccess: success('2026-01-04T00:00:00Z'), held: null };
    expect(isRejectedStill(rejected, later)).toBe(false);
    expect(isRejectedStill(rejected, { ...earlier, held: { runId: 'another', reason: '' } })).toBe(false);
    expect(isRejectedStill(heldRun({ decision: verdict('approved') }), earlier)).toBe(false);
  });
});

describe('what a held list is compared with', () => {
  const signal = new AbortController().signal;
  const runs = [
    run({ _id: 'later', startedAt: '2026-01-05T00:00:00Z' }),
    heldRun(),
    run({ _id: 'preview', kind: 'preview', startedAt: '2026-01-02T12:00:00Z' }),
    run({ _id: 'failed', state: 'failed', startedAt: '2026-01-02T11:00:00Z' }),
    run({ _id: 'before', startedAt: '2026-01-02T10:00:00Z' }),
  ];
  const server = {
    runs: ({ offset, count }: { offset: number; count: number }) =>
      Promise.resolve({ runs: runs.slice(offset, offset + count), total: runs.length, offset, count }),
    run: ({ runId }: { runId: string }) =>
      Promise.resolve({ run: { ...run({ _id: runId }), problems: [], attention: [] } }),
  };

  it('is the last good sync before it, not one that came later', async () => {
    const later = success('2026-01-05T00:01:00Z');
    const found = await findGoodBefore(server, { run: heldRun(), lastSuccess: later, signal });
    expect(found?._id).toBe('before');
    const earlier = success('2026-01-02T10:01:00Z');
    expect((await findGoodBefore(server, { run: heldRun(), lastSuccess: earlier, signal }))?._id).toBe(
      'good',
    );
  });

  it('is nothing where no good sync before it is kept', async () => {
    const asked = {
      run: run({ startedAt: '2026-01-01T00:00:00Z' }),
      lastSuccess: success('2026-01-05T00:01:00Z'),
    };
    expect(await findGoodBefore(server, { ...asked, signal })).toBeNull();
  });
});
