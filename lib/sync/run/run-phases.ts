import type { RunPhase } from '../../../models/run-report.js';
import type { ActiveRun } from './active-run.js';
import type { RunEventSource } from './run-events.js';

/** Does a part of the run: writes down that it has begun, and tells the watchers how long it took. */
export type InPhase = <T>(name: RunPhase, work: () => Promise<T>) => Promise<T>;

/**
 * The phases of one run. A phase may hold another, whose time is not counted as its own; afterwards it goes on. Where
 * the work fails, the run stays in the phase in which it failed.
 */
export function createPhases(
  run: Pick<ActiveRun, 'id' | 'kind' | 'enter'>,
  events: Pick<RunEventSource, 'emit'>,
): InPhase {
  const { id: runId, kind } = run;
  let outer: RunPhase | undefined;
  /** How long the phases took that the one which goes has held. */
  let heldMs = 0;

  return async (phase, work) => {
    const [around, heldAroundMs] = [outer, heldMs];
    const startedAt = performance.now();
    [outer, heldMs] = [phase, 0];
    try {
      await run.enter(phase);
      const result = await work();
      if (around) await run.enter(around);
      return result;
    } finally {
      const tookMs = performance.now() - startedAt;
      events.emit('run:phase', { runId, kind, phase, durationMs: Math.round(tookMs - heldMs) });
      [outer, heldMs] = [around, heldAroundMs + tookMs];
    }
  };
}
