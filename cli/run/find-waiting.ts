import type { Change } from '../session/client-port.js';
import type { Session } from '../session/session.js';
import type { Tool } from '../tool.js';
import { readWaiting } from './read-rows.js';

/** What waits at this moment, of all or of the rows that are meant. */
export async function findWaiting(
  runId: string,
  rows: readonly string[] | undefined,
  { session, tool }: { readonly session: Session; readonly tool: Tool },
): Promise<readonly Change[]> {
  const chosen = rows && new Set(rows);
  const waiting: Change[] = [];
  for await (const page of readWaiting(runId, session, tool))
    waiting.push(...page.filter(({ id }) => chosen?.has(id ?? '') ?? true));
  return waiting;
}
