import type { ChangeRow } from '../../models/change-row.js';
import type { AppliedPlan, AttentionRow } from '../../models/run-report.js';
import { createOutcomeCounter } from './count-outcomes.js';
import type { ChangeLog } from './history/change-log.js';
import { toKey } from './removals/row-key.js';
import type { ActiveRun } from './run/active-run.js';
import type { Tally } from './run/tally.js';

/** Which runs are compared. */
interface Compared {
  readonly previewId: string;
  /** Earlier applications of it that were cut off: what they have written is not missed. */
  readonly earlier: readonly string[];
  readonly runId: string;
  /** Most rows of the preview that are kept in memory at once. @default about 25 MB of keys */
  readonly most?: number;
}

interface Dependencies {
  readonly changes: Pick<ChangeLog, 'writes' | 'countWrites'>;
  readonly run: Pick<ActiveRun, 'checkIn' | 'assertGoingOn'>;
}

const MOST = 250_000;

/**
 * How what was written differs from what a preview has shown; nothing waits for that. Told by what it resolves with, so that
 * nothing is told of a comparison that turns out not to be whole. The rows are read once for each part of them that memory
 * has room for.
 */
export async function compareAdditions(
  { most = MOST, ...compared }: Compared,
  dependencies: Dependencies,
): Promise<(tally: Tally) => Required<AppliedPlan>['additions']> {
  const differences = { notPlanned: createOutcomeCounter(), notWanted: createOutcomeCounter() };
  const parts = Math.ceil((await dependencies.changes.countWrites(compared.previewId)) / most);
  for (let part = 0; part < Math.max(parts, 1); part += 1) {
    const keyOf = (row: ChangeRow): string | undefined => {
      const key = toWriteKey(row);
      return parts <= 1 || toPart(key, parts) === part ? key : undefined;
    };
    await comparePart(compared, { ...differences, keyOf }, dependencies);
  }
  return (tally) => tell(differences, tally);
}

type Differences = Readonly<Record<'notPlanned' | 'notWanted', ReturnType<typeof createOutcomeCounter>>>;

interface Part extends Differences {
  /** `undefined`: the row is of another part. */
  readonly keyOf: (row: ChangeRow) => string | undefined;
}

async function comparePart(
  { previewId, earlier, runId }: Compared,
  { keyOf, notPlanned, notWanted }: Part,
  dependencies: Dependencies,
): Promise<void> {
  /** What the preview has shown, and whether it was written. */
  const shown = new Map<string, boolean>();
  for await (const [key] of rowsOf(previewId, keyOf, dependencies)) shown.set(key, false);
  for (const other of earlier)
    for await (const [key] of rowsOf(other, keyOf, dependencies)) if (shown.has(key)) shown.set(key, true);
  for await (const [key, row] of rowsOf(runId, keyOf, dependencies))
    if (shown.has(key)) shown.set(key, true);
    else notPlanned.add(row);
  for await (const [key, row] of rowsOf(previewId, keyOf, dependencies))
    if (shown.get(key) === false) notWanted.add(row);
}

async function* rowsOf(
  runId: string,
  keyOf: Part['keyOf'],
  { changes, run }: Dependencies,
): AsyncIterable<readonly [key: string, row: ChangeRow]> {
  for await (const { rows } of changes.writes(runId)) {
    await run.checkIn();
    run.assertGoingOn();
    for (const row of rows) {
      const key = row.state === 'done' ? keyOf(row) : undefined;
      if (key !== undefined) yield [key, row];
    }
  }
}

/** The id of somebody who is only being created means nothing in another run. */
function toWriteKey({ outcome, userId, username, fields }: ChangeRow): string {
  const who = outcome === 'created' ? username : userId;
  return toKey([outcome, who, fields.map(({ field, to }) => [field, to])]);
}

function toPart(key: string, parts: number): number {
  return Buffer.from(key, 'base64').readUInt32BE(0) % parts;
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

function tell({ notWanted, notPlanned }: Differences, tally: Tally): Required<AppliedPlan>['additions'] {
  for (const row of notPlanned.samples()) tally.attention(toAttention(row, NEW));
  for (const row of notWanted.samples()) tally.attention(toAttention(row, MISSED));
  if (notWanted.all() + notPlanned.all() > 0)
    tally.problem({
      message:
        `What was written differs from the preview: it had not shown ${notPlanned.all()} of the changes, and ` +
        `${notWanted.all()} that it had shown were not made.`,
      remedy:
        'Nothing, if the directory has changed since the preview; the report names some of the people, and ' +
        'ldap.runChanges has all.',
    });
  return { notWanted: notWanted.counts(), notPlanned: notPlanned.counts() };
}
