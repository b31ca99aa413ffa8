import type { Connection } from 'mongoose';
import { composeEngine } from '../../lib/compose-engine.js';
import { parseOptions } from '../../lib/options.js';
import { LEASE_TIMES, type LeaseTimes } from '../../lib/sync/run/lease.js';
import type { RunReport } from '../../models/run-report.js';

/** The engine of a host as far as previews are applied, without HTTP, on a real directory. */
export interface AppliedPlans {
  sync(): Promise<RunReport>;
  /** With settings that are not saved. */
  preview(settings: Readonly<Record<string, unknown>>): Promise<RunReport>;
  apply(previewId: string): Promise<RunReport>;
}

const requestedBy = { _id: 'tester', username: 'tester' } as const;

export function createAppliedPlans(
  connection: Connection,
  leaseTimes: LeaseTimes = LEASE_TIMES,
): AppliedPlans {
  const options = parseOptions({ connection, environment: {} });
  const { applyPlan, plans, service, events, runs } = composeEngine(options, leaseTimes);
  const finished = new Set<string>();
  events.on('run:finished', ({ _id }) => finished.add(_id));

  async function toReport({ runId }: { readonly runId: string }): Promise<RunReport> {
    while (!finished.has(runId)) await new Promise((resolve) => setTimeout(resolve, 5));
    return (await runs.get(runId))!;
  }

  return {
    sync: () => service.run({ kind: 'sync', requestedBy }),
    async preview(settings) {
      const { trial, keep } = await plans.draft(new Map(Object.entries(settings)));
      return toReport(await service.start({ kind: 'trial', trial, requestedBy }, keep));
    },
    apply: async (runId) => toReport(await applyPlan({ runId }, requestedBy)),
  };
}
