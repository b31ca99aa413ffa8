import { kindsWhere } from '../../lib/sync/run/run-kinds.js';
import { isUnderWay } from '../../models/run-report.js';
import { toArgument } from '../run/run-id.js';
import type { Session } from '../session/session.js';
import { toPrintable } from '../terminal/printable.js';
import type { Terminal } from '../terminal/terminal.js';
import type { Tool } from '../tool.js';
import { readRuns } from './runs.js';

/** Previews, approvals and reverts say nothing about whether the last sync could read everybody. */
const SYNCS = kindsWhere(({ decidesRemovals }) => decidesRemovals);

/** A sync that was held without a list that could be approved, since the directory was not provably read. */
export interface UnreadSync {
  readonly runId: string;
  readonly reason: string;
  readonly remedy: string;
}

/** The newest sync that has ended, if it is such a one: `ldap.status` names only lists that can be approved. */
export async function findUnreadSync(session: Session, tool: Tool): Promise<UnreadSync | undefined> {
  for await (const runs of readRuns(session, tool, {})) {
    const last = runs.find(({ kind, state }) => SYNCS.includes(kind) && !isUnderWay(state));
    if (!last) continue;
    const { _id: runId, state, held } = last;
    if (state !== 'held' || held?.approvable !== false) return undefined;
    return { runId, reason: held.reason, remedy: held.remedy };
  }
  return undefined;
}

export function toUnreadLines({ runId, reason, remedy }: UnreadSync, paint: Terminal['paint']): string[] {
  return [
    `${paint('yellow', '!')} The last sync was held, with nothing to approve: ${toPrintable(reason)}`,
    `  → ${toPrintable(remedy)}`,
    paint('dim', `  look: chat-ldap-sync run ${toArgument(runId)}`),
  ];
}
