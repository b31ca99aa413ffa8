import type { Clock } from '../clock.js';
import type { HeldDecision, Requester, RunSummary } from '../../models/run-report.js';
import { sumOfRemovals } from '../../models/removal-kind.js';
import {
  assertDecidable,
  assertDecided,
  assertRevertible,
  refuse,
  refuseDecided,
} from './assert-decidable.js';
import type { Approved, Decided } from './decided.js';
import type { ChangeHistory } from './history/change-history.js';
import { findReopened } from './reopened-approvals.js';
import type { RunLog } from './run/run-log.js';
import { startAlone } from './start-alone.js';
import type { SyncService } from './sync-service.js';

/** What a person may decide about a run. All reject with an `LdapSyncError` that says why not. */
export interface Decisions {
  /**
   * Does the removals that a run held, all or some; the others go on waiting. `run-not-held`,
   * `run-already-decided`, `rows-not-waiting`, `rows-expired`, `run-overtaken`, `run-in-progress`.
   */
  approve(about: Approved, by: Requester): Promise<{ readonly runId: string }>;
  /** Refuses the removals that a run held, all or some; nothing of them happens. The same errors. */
  reject(about: Decided, by: Requester): Promise<void>;
  /** Takes back what a run took away. `run-not-revertible`, `run-already-reverted`, `run-in-progress`. */
  revert(runId: string, by: Requester): Promise<{ readonly runId: string }>;
}

interface Dependencies {
  readonly runs: RunLog;
  readonly history: Pick<ChangeHistory, 'decide'>;
  readonly service: SyncService;
  readonly clock: Clock;
}

export function createDecisions({ runs, history, service, clock }: Dependencies): Decisions {
  async function find(runId: string): Promise<RunSummary> {
    return (
      (await runs.summary(runId)) ??
      refuse('run-not-found', 'Run not found', 'ldap.listRuns gives the ids of runs.')
    );
  }

  async function findUndecided(runId: string): Promise<Undecided> {
    const run = await find(runId);
    assertDecidable(run);
    const reopened = await findReopened(run._id, runs);
    const { decision } = run;
    if (decision && !(await isAnyOpen({ run, reopened }))) refuseDecided(decision);
    await assertNewest(run);
    return { run, reopened };
  }

  async function isAnyOpen({ run, reopened }: Undecided): Promise<boolean> {
    if (reopened.size === 0) return false;
    // A list of which nothing was wanted has no rows.
    if (run.held && sumOfRemovals(run.held) === 0) return reopened.has(run.decision?.runId ?? '');
    // Chooses none, and so only counts.
    const none = { rows: new Set<string>(), decided: { verdict: 'rejected' }, reopened } as const;
    return (await history.decide(run._id, none)).waiting > 0;
  }

  async function assertNewest({ startedAt }: RunSummary): Promise<void> {
    const newer = await runs.newestSync(startedAt);
    if (newer) {
      refuse(
        'run-overtaken',
        `A newer run (${newer._id}) has seen the directory since.`,
        newer.state === 'held'
          ? `Decide about that run: ${newer._id}.`
          : 'Nothing; the newer run did what was still to be done.',
      );
    }
  }

  /**
   * Marks the rows, and then the run. When that is cut off in between, the approval never begins, so its rows are
   * open again; a rejection is completed by giving it again.
   */
  async function decide(
    { run, reopened }: Undecided,
    rows: Decided['rows'],
    decision: HeldDecision,
  ): Promise<void> {
    const { verdict, runId } = decision;
    const decided = await history.decide(run._id, {
      rows: rows && new Set(rows),
      decided: { verdict, ...(runId === undefined ? {} : { runId }) },
      reopened,
    });
    assertDecided(run, { verdict, rows }, decided);
    const isWhole = decided.waiting === 0;
    const recorded = { ...decision, ...(rows === undefined ? {} : { rows: decided.decided }) };
    if (await runs.decide(run._id, { decision: recorded, isWhole, before: run.decision })) return;
    refuse(
      'run-already-decided',
      'Somebody else decided about this run in the same moment.',
      'Look at it with ldap.runInfo.',
    );
  }

  return {
    async approve({ runId, rows, mail }, by) {
      const undecided = await findUndecided(runId);
      return startAlone(service, { kind: 'approval', of: runId, requestedBy: by }, async (approvalId) => {
        // Checked again, because from here on no other run can be going.
        await assertNewest(undecided.run);
        const mailing = mail === undefined ? {} : { mail };
        await decide(undecided, rows, {
          verdict: 'approved',
          by,
          at: clock(),
          runId: approvalId,
          ...mailing,
        });
      });
    },

    async reject({ runId, rows }, by) {
      await decide(await findUndecided(runId), rows, { verdict: 'rejected', by, at: clock() });
    },

    async revert(runId, by) {
      const run = await find(runId);
      assertRevertible(run);
      return startAlone(service, { kind: 'revert', of: runId, requestedBy: by });
    },
  };
}

interface Undecided {
  readonly run: RunSummary;
  readonly reopened: ReadonlySet<string>;
}
