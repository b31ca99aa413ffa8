import type { ChangeRow } from '../../models/change-row.js';
import type { RunReport } from '../../models/run-report.js';
import type { Engine } from './engine.js';

/** A run has done what its preview said: the same state, counts and list, and row by row. */
export async function expectAsPreviewed(
  preview: RunReport,
  run: RunReport,
  engine: Pick<Engine, 'changes'>,
): Promise<void> {
  expect({ state: preview.state, counts: preview.counts, held: preview.held }).toEqual({
    state: run.state,
    counts: run.counts,
    held: run.held,
  });
  expect(toComparable(await engine.changes(preview._id))).toEqual(
    toComparable(await engine.changes(run._id)),
  );
}

/**
 * The rows with the user name in the place of the id of everybody whom the run creates: a preview and a run
 * each draw ids of their own, which later rows may name, too, such as a pair of two entries.
 */
function toComparable(rows: readonly ChangeRow[]): unknown {
  const names = new Map(
    rows.flatMap(({ outcome, userId, username }) =>
      outcome === 'created' && userId !== undefined ? [[userId, `created: ${username}`]] : [],
    ),
  );
  return JSON.parse(JSON.stringify(rows), (_key, value: unknown) =>
    typeof value === 'string' ? (names.get(value) ?? value) : value,
  );
}
