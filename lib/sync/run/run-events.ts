import { EventEmitter } from 'node:events';
import type { Logger } from '../../logger.js';
import type { Requester, RunCounts, RunKind, RunPhase, RunReport } from '../../../models/run-report.js';

/** What a watcher of the runs on this host is told. */
export interface RunEventMap {
  'run:started': [
    {
      readonly runId: string;
      readonly kind: RunKind;
      readonly requestedBy: Requester;
      readonly startedAt: Date;
    },
  ];
  /** A sync waits until another run has ended. `run:started` follows. */
  'run:queued': [{ readonly runId: string; readonly kind: RunKind; readonly requestedBy: Requester }];
  /** A part of a run has ended; the time of a part within it (`removals` within `guard`) is not counted as its own. */
  'run:phase': [
    { readonly runId: string; readonly kind: RunKind; readonly phase: RunPhase; readonly durationMs: number },
  ];
  /** A page has been applied; `counts` are those of the run so far. */
  'run:progress': [{ readonly runId: string; readonly kind: RunKind; readonly counts: RunCounts }];
  /** Removals wait for an approval. `run:finished` follows. */
  'run:held': [RunReport];
  /** However it ended; the report says how. */
  'run:finished': [RunReport];
}

/**
 * The events of the runs on this host. A listener that throws or rejects is logged, and does the run no harm.
 */
export type RunEvents = Pick<EventEmitter<RunEventMap>, 'on' | 'once' | 'off'>;

export interface RunEventSource extends RunEvents {
  emit<Name extends keyof RunEventMap>(name: Name, ...details: RunEventMap[Name]): void;
}

export function createRunEvents(logger: Logger): RunEventSource {
  const emitter = new EventEmitter<RunEventMap>();
  const source: RunEventSource = {
    on(name, listener) {
      emitter.on(name, listener);
      return emitter;
    },
    once(name, listener) {
      emitter.once(name, listener);
      return emitter;
    },
    off(name, listener) {
      emitter.off(name, listener);
      return emitter;
    },
    emit(name, ...details) {
      const report = (error: unknown): void =>
        logger.error(
          { event: name, error: error instanceof Error ? error.message : String(error) },
          'A listener of the LDAP sync failed',
        );
      for (const listener of emitter.rawListeners(name)) {
        try {
          const result = (listener as (...args: unknown[]) => unknown)(...details);
          // An async listener fails later, and an unhandled rejection would end the process.
          void Promise.resolve(result).catch(report);
        } catch (error) {
          report(error);
        }
      }
    },
  };
  return source;
}
