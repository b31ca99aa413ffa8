import type { RemovalRow } from '../../../models/change-row.js';
import type { PlacedRow } from '../history/change-log.js';
import { commitOne } from '../run/commit-units.js';
import type { RemovalDependencies } from './removal-dependencies.js';

interface Skipping {
  /** Which of the rows that wait are looked at. */
  readonly isMeant: (row: RemovalRow) => boolean;
  /** Which of these rows cannot be. */
  readonly findRefused: (rows: readonly RemovalRow[]) => Promise<ReadonlySet<RemovalRow>>;
  readonly reason: string;
}

/** What was found, as the ids of users. */
interface Skipped {
  readonly refused: ReadonlySet<string>;
  readonly left: ReadonlySet<string>;
}

/** Skips collected rows that turn out not to be wanted now that the sweep has ended; their rows say why. */
export async function skipRows(
  { isMeant, findRefused, reason }: Skipping,
  { changes, run }: Pick<RemovalDependencies, 'changes' | 'run'>,
): Promise<Skipped> {
  const refused = new Set<string>();
  const left = new Set<string>();
  for await (const { id: chunkId, rows } of changes.removals()) {
    const meant = rows.filter((row) => row.state === 'waiting' && isMeant(row));
    if (meant.length === 0) continue;
    await run.checkIn();
    run.assertGoingOn();
    const unwanted = await findRefused(meant);
    for (const row of meant) (unwanted.has(row) ? refused : left).add(row.userId);
    const placed = rows.flatMap((row, index): PlacedRow[] =>
      unwanted.has(row) ? [{ chunkId, index, row: { ...row, state: 'skipped', reason } }] : [],
    );
    if (placed.length > 0) await commitOne(run, ({ tx }) => changes.replace(placed, tx));
  }
  return { refused, left };
}
