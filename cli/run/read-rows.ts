import { CommandError } from '../command-error.js';
import type { Change } from '../session/client-port.js';
import { patiently } from '../session/patiently.js';
import type { Session } from '../session/session.js';
import type { Outcome } from '../../models/run-report.js';
import type { Tool } from '../tool.js';

const PAGE = 500;

/** What `--json` says of a list beside its rows; filled as pages are read. */
export interface Extent {
  total?: number;
  nextOffset?: number | undefined;
}

export interface RowQuery {
  /** So many rows at most; 0 for all. */
  readonly limit?: number;
  readonly extent?: Extent;
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
  const { runId, outcome, text, limit = 0, extent = {} } = query;
  let left = limit === 0 ? Infinity : limit;
  const filter = { ...(outcome === undefined ? {} : { outcome }), ...(text === undefined ? {} : { text }) };
  for (let offset: number | undefined = 0; offset !== undefined && left > 0;) {
    const from: number = offset;
    const page = await patiently(tool, () =>
      client.runChanges(
        { runId, ...filter, offset: from, count: Math.min(PAGE, left) },
        { signal: tool.interrupted },
      ),
    );
    offset = further(from, page.nextOffset);
    left -= page.changes.length;
    extent.total = page.total;
    extent.nextOffset = offset;
    yield page.changes;
  }
}

/** The removals of a run that wait for a decision, the last first. */
export function readWaiting(runId: string, session: Session, tool: Tool): AsyncGenerator<readonly Change[]> {
  return readRemovals(({ state, decided }) => state === 'waiting' && decided === undefined, {
    runId,
    session,
    tool,
  });
}

/** The removals that an application of this preview does, the last first: as the server sorts them. */
export function readPlanned(runId: string, session: Session, tool: Tool): AsyncGenerator<readonly Change[]> {
  return readRemovals(
    ({ id, state, needsDecision }) => isRemoval(id) && state !== 'skipped' && needsDecision !== true,
    { runId, session, tool },
  );
}

interface Reading {
  readonly runId: string;
  readonly session: Session;
  readonly tool: Tool;
}

/**
 * An account has its removals at its end, so it is read from there until something else comes: a list of ten is found
 * at once behind a hundred thousand newcomers.
 */
async function* readRemovals(
  isMeant: (row: Change) => boolean,
  { runId, session, tool }: Reading,
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
      offset = further(offset, page.nextOffset) ?? end;
    }
    yield rows.filter(isMeant).reverse();
    if (!isRemoval(rows[0]?.id)) return;
    end = start;
  }
}

function isRemoval(id: string | undefined): boolean {
  return id?.startsWith('r-') ?? false;
}

/** Where to go on. A server that sends a reader back would be read for ever. */
function further(from: number, next: number | undefined): number | undefined {
  if (next === undefined || next > from) return next;
  throw new CommandError('failed', 'The answer is none of this API: its pages do not go on.', {
    remedy: 'Look whether the URL leads to the API, and what proxies on the way change.',
  });
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
