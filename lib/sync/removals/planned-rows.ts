import type { RemovalRow } from '../../../models/change-row.js';
import { LdapSyncError } from '../../errors.js';
import type { ChangeLog } from '../history/change-log.js';
import { toRowKey } from './row-key.js';

/** What a preview says of a removal: it would be done, or was found in the way and left. */
export type Planned = 'planned' | 'passed-over';

/** What a preview says, by the keys of its rows. */
export type PlannedRows = ReadonlyMap<string, Planned>;

/** About 50 MB of keys. */
const MAX_ROWS = 500_000;

/** `undefined`: the row needs a person's decision by its nature, whatever list it stands in. */
export function toPlanned({ state, needsDecision }: RemovalRow): Planned | undefined {
  if (needsDecision === true) return undefined;
  return state === 'skipped' ? 'passed-over' : 'planned';
}

export async function readPlannedRows(
  previewId: string,
  changes: Pick<ChangeLog, 'removals'>,
): Promise<PlannedRows> {
  const planned = new Map<string, Planned>();
  for await (const { rows } of changes.removals(previewId)) {
    for (const row of rows) {
      const what = toPlanned(row);
      if (what) planned.set(toRowKey(row), what);
    }
    if (planned.size > MAX_ROWS) throw tooMany();
  }
  return planned;
}

function tooMany(): LdapSyncError {
  return new LdapSyncError(
    'plan-not-applicable',
    `The preview has more than ${MAX_ROWS} removals, which is too many to compare.`,
    {
      remedy:
        'Save the settings (ldap.settings), run a sync (ldap.syncNow), and approve its list (ldap.approveRun).',
    },
  );
}
