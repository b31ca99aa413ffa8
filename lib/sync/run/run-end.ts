import type { AnsweringServer, AppliedPlan, HeldRemovals, RunState } from '../../../models/run-report.js';

/** How the story of a run ended. */
export interface RunEnd {
  readonly state: RunState;
  readonly held?: HeldRemovals;
  /** False when the run decided nothing about the removals of everybody, so that an earlier list still waits. */
  readonly weighed?: boolean;
  /**
   * Set when a sync was held because its directory was unverified: the runs that made the unconfirmed links
   * it saw.
   */
  readonly doubted?: readonly string[];
  /** The attributes of `LDAP_Active_State_Attributes` that need no decision any more from now on. */
  readonly stateAttributes?: readonly string[];
  /** Of an application: the change by which the settings were saved, and what has become of the plan. */
  readonly settingsChange?: string;
  readonly plan?: AppliedPlan;
  /** The directory server that answered. */
  readonly server?: AnsweringServer;
}
