import type { ChangeRow } from '../../models/change-row.js';
import type { AppliedPlan, AttentionRow, Outcome } from '../../models/run-report.js';
import type { ChangeLog } from './history/change-log.js';
import { toKey } from './removals/row-key.js';
import { MAX_SAMPLES } from './removals/sort-rows.js';
import type { Tally } from './run/tally.js';

/** Which runs are compared. */
interface Compared {
  readonly previewId: string;
  /** Earlier applications of it that were cut off: what they have written is not missed. */
  readonly earlier: readonly string[];
  readonly runId: string;
}

interface Dependencies {
  readonly changes: Pick<ChangeLog, 'writes'>;
  readonly tally: Tally;
}

/** Tells how what was written differs from what a preview has shown; nothing waits for that. */
export async function compareAdditions(
  { previewId, earlier, runId }: Compared,
  { changes, tally }: Dependencies,
): Promise<AppliedPlan['additions']> {
  const missed = new Set<string>();
  for await (const row of rowsOf(previewId, changes)) missed.add(toWriteKey(row));
  for (const other of earlier) for await (const row of rowsOf(other, changes)) missed.delete(toWriteKey(row));
  const notPlanned = createOutcomeCounter((row) => tally.attention(toAttention(row, NEW)));
  const written = new Set<string>();
  for await (const row of rowsOf(runId, changes)) {
    const key = toWriteKey(row);
    if (missed.has(key)) written.add(key);
    else notPlanned.add(row);
  }
  const notWanted = createOutcomeCounter((row) => tally.attention(toAttention(row, MISSED)));
  for await (const row of rowsOf(previewId, changes)) {
    const key = toWriteKey(row);
    if (missed.has(key) && !written.has(key)) notWanted.add(row);
  }
  tell({ notWanted: notWanted.all(), notPlanned: notPlanned.all() }, tally);
  return { notWanted: notWanted.counts(), notPlanned: notPlanned.counts() };
}

async function* rowsOf(runId: string, changes: Dependencies['changes']): AsyncIterable<ChangeRow> {
  for await (const { rows } of changes.writes(runId))
    for (const row of rows) if (row.state === 'done') yield row;
}

/** The id of somebody who is only being created means nothing in another run. */
function toWriteKey({ outcome, userId, username, fields }: ChangeRow): string {
  const who = outcome === 'created' ? username : userId;
  return toKey([outcome, who, fields.map(({ field, to }) => [field, to])]);
}

interface OutcomeCounter {
  add(row: ChangeRow): void;
  all(): number;
  counts(): Partial<Record<Outcome, number>>;
}

/** `sample` hears of the first ones. */
function createOutcomeCounter(sample: (row: ChangeRow) => void): OutcomeCounter {
  const counts: Partial<Record<Outcome, number>> = {};
  let all = 0;
  return {
    add(row) {
      counts[row.outcome] = (counts[row.outcome] ?? 0) + 1;
      if ((all += 1) <= MAX_SAMPLES) sample(row);
    },
    all: () => all,
    counts: () => counts,
  };
}

const NEW = {
  code: 'not-in-plan',
  params: { kind: 'write' },
  reason: 'The preview did not show what was written to this person, or showed something else.',
  remedy:
    'Nothing, if the directory has changed since the preview; the row is in the list of the run (ldap.runChanges).',
} as const;

const MISSED = {
  code: 'plan-overtaken',
  params: { kind: 'write' },
  reason: 'The preview showed something for this person that was not written, or was written otherwise.',
  remedy:
    'Nothing, if the directory has changed since the preview; ldap.explainUser says how the person stands.',
} as const;

function toAttention(
  { outcome, userId, username, name, dn }: ChangeRow,
  advice: typeof NEW | typeof MISSED,
): AttentionRow {
  const isThere = advice === NEW || outcome !== 'created';
  return {
    outcome: advice === NEW ? outcome : 'unchanged',
    ...(userId === undefined || !isThere ? {} : { userId }),
    ...(username === undefined ? {} : { username }),
    ...(name === undefined ? {} : { name }),
    ...(dn === undefined ? {} : { dn }),
    ...advice,
  };
}

function tell(
  { notWanted, notPlanned }: { readonly notWanted: number; readonly notPlanned: number },
  tally: Tally,
): void {
  if (notWanted + notPlanned === 0) return;
  tally.problem({
    message:
      `What was written differs from the preview: it had not shown ${notPlanned} of the changes, and ${notWanted} ` +
      'that it had shown were not made.',
    remedy:
      'Nothing, if the directory has changed since the preview; the report names some of the people, and ldap.runChanges ' +
      'has all.',
  });
}
