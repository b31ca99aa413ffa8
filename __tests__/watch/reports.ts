import { createRandomId } from '../../lib/random-id.js';
import type { HeldRemovals, RunReport, RunSummary } from '../../models/run-report.js';
import { createTally } from '../../lib/sync/run/tally.js';

export const STARTED_AT = new Date('2026-11-24T12:00:00.000Z');

/** A report of a run that took two seconds. */
export function makeReport(fields: Partial<RunReport> = {}): RunReport {
  return {
    _id: createRandomId(),
    kind: 'sync',
    state: 'completed',
    requestedBy: { _id: 'u1', username: 'ada' },
    startedAt: STARTED_AT,
    finishedAt: new Date(STARTED_AT.getTime() + 2_000),
    ...createTally().snapshot(),
    ...fields,
  };
}

/** The same without its rows. */
export function makeSummary(fields: Partial<RunReport> = {}): RunSummary {
  const { attention, problems, ...report } = makeReport(fields);
  return { ...report, attentionCount: attention.length, problemCount: problems.length };
}

export function makeCounts(counts: Partial<RunReport['counts']>): RunReport['counts'] {
  return { ...createTally().snapshot().counts, ...counts };
}

export function makeHeld(fields: Partial<HeldRemovals> = {}): HeldRemovals {
  return {
    deactivations: 12,
    renames: 3,
    clearings: 1,
    photos: 1,
    reactivations: 2,
    releases: 0,
    merges: 0,
    memberships: 0,
    relinks: 0,
    approvable: true,
    reason: '12 of 90 linked users would be deactivated; more than 10 at once is held.',
    remedy: 'Check the search base.',
    ...fields,
  };
}

export const failedBecause = (...messages: readonly string[]): RunReport =>
  makeReport({ state: 'failed', problems: messages.map((message) => ({ message, remedy: 'Mend it.' })) });
