import type { RemovalRow } from '../../../models/change-row.js';
import type { RemovalKind } from '../../../models/removal-kind.js';
import type { ChangeLog } from '../history/change-log.js';
import type { ActiveRun } from '../run/active-run.js';
import { toRowKey } from './row-key.js';

/** What a preview says of a removal: it would be done, or was found in the way and left. */
export type Planned = 'planned' | 'passed-over';

interface PlannedRow {
  readonly what: Planned;
  readonly kind: RemovalKind;
}

/** What a preview says, by the keys of its rows. In memory, so that nothing of it can expire any more. */
export type PlannedRows = ReadonlyMap<string, PlannedRow>;

/** `undefined`: the row needs a person's decision by its nature, whatever list it stands in. */
export function toPlanned({ state, needsDecision }: RemovalRow): Planned | undefined {
  if (needsDecision === true) return undefined;
  return state === 'skipped' ? 'passed-over' : 'planned';
}

/** How many they may be was looked at when the application was asked for. */
export async function readPlannedRows(
  previewId: string,
  {
    changes,
    run,
  }: {
    readonly changes: Pick<ChangeLog, 'removals'>;
    readonly run: Pick<ActiveRun, 'checkIn' | 'assertGoingOn'>;
  },
): Promise<PlannedRows> {
  const planned = new Map<string, PlannedRow>();
  /** One object for all rows that say the same. */
  const known = new Map<string, PlannedRow>();
  for await (const { rows } of changes.removals(previewId)) {
    await run.checkIn();
    run.assertGoingOn();
    for (const row of rows) {
      const what = toPlanned(row);
      if (!what) continue;
      const name = `${what} ${row.kind}`;
      const said = known.get(name) ?? { what, kind: row.kind };
      known.set(name, said);
      planned.set(toRowKey(row), said);
    }
  }
  return planned;
}
