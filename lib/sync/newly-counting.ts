import type { RemovalRow } from '../../models/change-row.js';
import type { RunProblem } from '../../models/run-report.js';
import type { SyncSettings } from '../settings/sync-settings.js';
import { followsDisabling } from '../settings/active-state.js';
import type { SweepState } from './removals/sweep-state.js';
import type { RunReader } from './run/run-reader.js';

type Newly = Pick<SweepState, 'newlyCounting' | 'newlyDeciding'>;

/** The attributes of `LDAP_Active_State_Attributes` by which no sync before could switch anybody off. */
export async function findNewlyCounting(
  { mapping: { furtherState = [] } }: SyncSettings,
  runs: Pick<RunReader, 'stateAttributes'>,
): Promise<ReadonlySet<string>> {
  if (furtherState.length === 0) return new Set();
  const before = new Set(await runs.stateAttributes());
  return new Set(furtherState.filter((attribute) => !before.has(attribute)));
}

/**
 * The attributes that need no decision from the next sync on: all that count but those that ask for
 * somebody's decision in this one.
 */
export function toSettledStates(
  { mapping: { furtherState = [] }, policy: { syncUsers, keepUpdated, activeState } }: SyncSettings,
  { newlyDeciding }: Newly,
): readonly string[] {
  // The attributes could switch nobody off in this run, so no decision about them was asked for.
  if (!syncUsers || !keepUpdated || !followsDisabling(activeState)) return [];
  return furtherState.filter((attribute) => !newlyDeciding.has(attribute));
}

/** Why switching off needs a decision in this run; `undefined`: it does not. */
export function toNewlyCountingProblem(
  { newlyDeciding }: Newly,
  { policy }: SyncSettings,
): RunProblem | undefined {
  if (newlyDeciding.size === 0 || !followsDisabling(policy.activeState)) return undefined;
  const named = [...newlyDeciding].join(', ');
  const [count, whom] = newlyDeciding.size === 1 ? ['counts', 'it disables'] : ['count', 'they disable'];
  return {
    message: `${named} ${count} for the first time, so the people whom ${whom} wait for a decision.`,
    remedy:
      'Look at the rows that wait (ldap.runChanges): each names the attribute. Approve all of them ' +
      `(ldap.approveRun), and from then on ${named} ${count} like the others; or take ${named} out of ` +
      'LDAP_Active_State_Attributes.',
    setting: 'LDAP_Active_State_Attributes',
  };
}

/** The attributes about which somebody has decided for everybody in a list. */
export interface ApprovedStates {
  add(rows: readonly RemovalRow[]): void;
  settled(): readonly string[];
}

/** While a row of an attribute is rejected, or still waits, the next sync asks again: it switches nobody off by itself. */
export function createApprovedStates(): ApprovedStates {
  const approved = new Set<string>();
  const open = new Set<string>();
  return {
    add(rows) {
      for (const { disabledBy, needsDecision, decided } of rows)
        if (needsDecision && disabledBy !== undefined)
          (decided?.verdict === 'approved' ? approved : open).add(disabledBy);
    },
    settled: () => [...approved].filter((attribute) => !open.has(attribute)),
  };
}
