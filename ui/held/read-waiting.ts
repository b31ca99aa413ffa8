import type { Change } from '../api/answers.js';
import type { Server } from '../api/server.js';

/** As many as one answer may have. */
const PAGE = 500;
/** A list that is longer is decided as a whole, or in parts of this size. */
export const MOST_SHOWN = 3_000;

export interface HeldRows {
  /** What waits or has waited, in the order of the run. */
  readonly rows: readonly Change[];
  /** False when the list is longer than what is shown. */
  readonly isWhole: boolean;
}

/**
 * Reads a held list from its end: a run writes down what it has added before what it would take away, and that may
 * be a hundred thousand people.
 */
export async function readWaiting(
  server: Pick<Server, 'changes'>,
  { runId, signal }: { readonly runId: string; readonly signal: AbortSignal },
  tell: (count: number) => void,
): Promise<HeldRows> {
  const { total } = await server.changes({ runId, offset: 0, count: 1 }, { signal });
  let rows: readonly Change[] = [];
  for (let end = total; end > 0; end -= PAGE) {
    const page = await readSlice(server, { runId, from: Math.max(0, end - PAGE), end, signal });
    rows = [...page, ...rows];
    tell(rows.length);
    const [first] = page;
    if (first === undefined || !isRemoval(first)) break;
    if (rows.length >= MOST_SHOWN && end > PAGE) return { rows: rows.filter(isOfList), isWhole: false };
  }
  return { rows: rows.filter(isOfList), isWhole: true };
}

interface Slice {
  readonly runId: string;
  readonly from: number;
  readonly end: number;
  readonly signal: AbortSignal;
}

/** An answer is cut where it would be too large. */
async function readSlice(
  server: Pick<Server, 'changes'>,
  { runId, from, end, signal }: Slice,
): Promise<readonly Change[]> {
  const rows: Change[] = [];
  for (let offset: number | undefined = from; offset !== undefined && offset < end;) {
    const page = await server.changes({ runId, offset, count: Math.min(PAGE, end - offset) }, { signal });
    rows.push(...page.changes);
    offset = page.nextOffset;
  }
  return rows;
}

function isRemoval({ kind }: Change): boolean {
  return kind !== 'write' && kind !== 'sign-out';
}

/** What the run has done or left by itself is in its report. */
function isOfList(row: Change): boolean {
  return isRemoval(row) && row.state === 'waiting' && row.id !== undefined;
}
