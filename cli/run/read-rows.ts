import type { Change } from '../session/client-port.js';
import { patiently } from '../session/patiently.js';
import type { Session } from '../session/session.js';
import type { Outcome } from '../../models/run-report.js';
import type { Tool } from '../tool.js';

const PAGE = 100;

export interface RowQuery {
  readonly runId: string;
  readonly outcome?: Outcome | undefined;
  readonly text?: string | undefined;
}

/** What a run did or would do, page by page. */
export async function* readChanges(
  query: RowQuery,
  { client }: Session,
  tool: Tool,
): AsyncGenerator<readonly Change[]> {
  const { runId, outcome, text } = query;
  const filter = { ...(outcome === undefined ? {} : { outcome }), ...(text === undefined ? {} : { text }) };
  for (let offset: number | undefined = 0; offset !== undefined;) {
    const from: number = offset;
    const page = await patiently(tool, () =>
      client.runChanges({ runId, ...filter, offset: from, count: PAGE }, { signal: tool.interrupted }),
    );
    yield page.changes;
    offset = page.nextOffset;
  }
}

/**
 * The removals of a run that wait for a decision, the last first. An account has its removals at its end, so it is read
 * from there until something else comes: a list of ten is found at once behind a hundred thousand newcomers.
 */
export async function* readWaiting(
  runId: string,
  session: Session,
  tool: Tool,
): AsyncGenerator<readonly Change[]> {
  const read = (offset: number, count: number) =>
    patiently(tool, () => session.client.runChanges({ runId, offset, count }, { signal: tool.interrupted }));
  let end = (await read(0, 1)).total;
  while (end > 0) {
    const start = Math.max(0, end - PAGE);
    const rows: Change[] = [];
    for (let offset = start; offset < end;) {
      const page = await read(offset, end - offset);
      rows.push(...page.changes);
      offset = page.nextOffset ?? end;
    }
    yield rows.filter(isWaiting).reverse();
    if (!rows[0]?.id?.startsWith('r-')) return;
    end = start;
  }
}

function isWaiting({ state, decided }: Change): boolean {
  return state === 'waiting' && decided === undefined;
}

/** No more than so many rows. */
export async function* upTo<Row>(
  most: number,
  pages: AsyncIterable<readonly Row[]>,
): AsyncGenerator<readonly Row[]> {
  let left = most;
  for await (const rows of pages) {
    yield rows.slice(0, left);
    left -= rows.length;
    if (left <= 0) return;
  }
}
