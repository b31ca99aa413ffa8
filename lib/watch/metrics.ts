import { LATE, withinTime } from '../deadline.js';
import { REMOVAL_COUNTS, REMOVAL_KINDS, type RemovalCounts } from '../../models/removal-kind.js';
import type { Outcome, RunKind, RunReport, RunState } from '../../models/run-report.js';
import { KINDS } from '../sync/removals/kinds/removal-kinds.js';
import type { RunEvents } from '../sync/run/run-events.js';
import { kindsWhere, RUN_KINDS } from '../sync/run/run-kinds.js';
import type { RunLog } from '../sync/run/run-log.js';
import type { Gauge, MetricsOptions } from './metrics-client.js';
import { registerRunMetrics, type RunMetrics } from './run-metrics.js';

const ALL_KINDS = kindsWhere(() => true);
const ENDS: readonly RunState[] = ['completed', 'held', 'failed', 'cancelled', 'interrupted'];
/** A scrape has a few seconds; the last value is kept where the database takes longer. */
const COLLECT_MS = 1_000;

/**
 * Counts the runs on this host for Prometheus, in the registry of the host. Throws `LdapSyncError`
 * (`invalid-options`) when the registry already has metrics of these names.
 *
 * | metric | type | labels | |
 * |---|---|---|---|
 * | `chat_ldap_sync_runs_total` | counter | `kind`, `state` | runs that ended |
 * | `chat_ldap_sync_run_duration_seconds` | histogram | `kind` | buckets from 0.1 s to 1 h |
 * | `chat_ldap_sync_phase_duration_seconds` | histogram | `kind`, `phase` | buckets as above |
 * | `chat_ldap_sync_people_total` | counter | `outcome` | people; not of previews and auto-logouts |
 * | `chat_ldap_sync_read_total` | counter | | entries read; not of previews and auto-logouts |
 * | `chat_ldap_sync_signed_out_total` | counter | | people signed out by auto-logouts |
 * | `chat_ldap_sync_held` | gauge | `removal`: `deactivation`, `rename`, `clearing`, `photo`, `membership`, `reactivation`, `release`, `merge`, `relink` | people of the list that waits for a decision, over all hosts; read from the database at each scrape |
 * | `chat_ldap_sync_running` | gauge | `kind` | runs going |
 * | `chat_ldap_sync_directory_certificate_end_timestamp_seconds` | gauge | | when the first of the certificates ends that the directory server has shown; 0 without encryption |
 * | `chat_ldap_sync_last_success_timestamp_seconds` | gauge | | when a sync was last completed; 0 for never |
 */
export function createSyncMetrics(
  {
    events,
    runs,
  }: { readonly events: RunEvents; readonly runs: Pick<RunLog, 'undecided' | 'newestAnswered'> },
  { client, registry = client.register }: MetricsOptions,
): void {
  const metrics = registerRunMetrics(client, registry, {
    async held(held) {
      const waiting = await withinTime(runs.undecided(), COLLECT_MS);
      if (waiting !== LATE) showHeld(held, waiting?.held ?? {});
    },
    async certificateEnd(end) {
      const run = await withinTime(runs.newestAnswered(), COLLECT_MS);
      if (run !== LATE) end.set((run?.server?.certificate?.validTo.getTime() ?? 0) / 1_000);
    },
  });
  const going = new Map(ALL_KINDS.map((kind) => [kind, new Set<string>()]));
  const showRunning = (kind: RunKind): void => metrics.running.set({ kind }, going.get(kind)?.size ?? 0);
  // Prometheus cannot tell an increase from the appearance of a series.
  for (const kind of ALL_KINDS) {
    showRunning(kind);
    for (const state of ENDS) metrics.runs.inc({ kind, state }, 0);
  }

  events.on('run:started', ({ runId, kind }) => {
    going.get(kind)?.add(runId);
    showRunning(kind);
  });
  events.on('run:phase', ({ kind, phase, durationMs }) =>
    metrics.phaseDuration.observe({ kind, phase }, durationMs / 1_000),
  );
  events.on('run:finished', (report) => {
    going.get(report.kind)?.delete(report._id);
    showRunning(report.kind);
    countRun(metrics, report);
    if (RUN_KINDS[report.kind].followsUp) countPeople(metrics, report);
    metrics.signedOut.inc(report.signedOut ?? 0);
    const { kind, state, held, finishedAt } = report;
    const isSuccess = state === 'completed' || held?.code === 'decision-needed';
    if (RUN_KINDS[kind].decidesRemovals && isSuccess && finishedAt)
      metrics.lastSuccess.set(finishedAt.getTime() / 1_000);
  });
}

function countRun(
  { runs, runDuration }: RunMetrics,
  { kind, state, startedAt, finishedAt }: RunReport,
): void {
  runs.inc({ kind, state });
  // A clock that was set back meanwhile must not make a negative duration.
  if (finishedAt)
    runDuration.observe({ kind }, Math.max(0, finishedAt.getTime() - startedAt.getTime()) / 1_000);
}

function countPeople(
  { people, read }: RunMetrics,
  { counts: { read: entries, ...outcomes } }: RunReport,
): void {
  read.inc(entries);
  for (const [outcome, number] of Object.entries(outcomes) as [Outcome, number][])
    people.inc({ outcome }, number);
}

/** An older version wrote no counts of newer kinds. */
function showHeld(held: Gauge, removals: Partial<RemovalCounts>): void {
  for (const kind of REMOVAL_KINDS)
    held.set({ removal: KINDS[kind].label }, removals[REMOVAL_COUNTS[kind]] ?? 0);
}
