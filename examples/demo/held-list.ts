import type { ChangeInfo, RunInfo } from './chat-client.js';
import type { Stage } from './stage.js';
import { toTable } from '../../cli/terminal/table.js';

/** Enough to see what it is about. */
const SHOWN = 8;

const WOULD: Readonly<Record<string, string>> = { deactivate: 'switched off' };

/** What waits for a decision. */
export function sayHeldList(
  { title, call, say, paint, columns }: Stage,
  { _id, held }: RunInfo,
  rows: readonly ChangeInfo[],
): void {
  title('What waits');
  call(`GET /api/v1/ldap.runChanges?runId=${_id}&outcome=deactivated`);
  const table = toTable(
    [
      { title: 'user name', maxWidth: 20 },
      { title: 'name', maxWidth: 20 },
      { title: 'row', maxWidth: 14 },
      { title: 'would be', maxWidth: Math.max(12, columns - 62) },
    ],
    rows.slice(0, SHOWN).map(({ id, kind, username = '', name = '' }) => ({
      cells: [username, name, id, WOULD[kind] ?? kind],
      style: 'yellow',
    })),
    paint,
  );
  say(...table.map((line) => `  ${line}`));
  const hidden = (held?.deactivations ?? rows.length) - SHOWN;
  if (hidden > 0) say(`  … and ${hidden} more`);
}
