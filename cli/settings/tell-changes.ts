import type { Changed } from '../session/client-port.js';
import { printDocument, toTableLines } from '../show/print-list.js';
import { toPrintable } from '../terminal/printable.js';
import type { Tool } from '../tool.js';
import { DIFFERENCE_COLUMNS, type Difference } from './setting-differences.js';

interface Wished {
  readonly json?: true | undefined;
  readonly dryRun?: true | undefined;
}

/** What would change, before anybody is asked. */
export async function tellDifferences(
  changes: readonly Difference[],
  { json, dryRun }: Wished,
  { terminal }: Tool,
): Promise<void> {
  if (json && (dryRun ?? changes.length === 0)) return printDocument({ changes }, terminal);
  if (changes.length === 0) return terminal.note('Nothing differs.');
  const { paintNote, width } = terminal;
  terminal.note(...toTableLines(changes, DIFFERENCE_COLUMNS, { width, paint: paintNote }));
  if (dryRun)
    terminal.note(
      '',
      'Nothing was changed. What a sync would do then: chat-ldap-sync preview --settings FILE',
    );
}

/** What the server has changed, and what it warns of. */
export async function tellChanged(answer: Changed, { json }: Wished, { terminal }: Tool): Promise<void> {
  if (json) return printDocument(answer, terminal);
  const { changes, warnings, revision, isSharedWithRocketChat } = answer;
  await terminal.write([
    `${terminal.paint('green', '✓')} ${changes.length} changed` +
      (revision === null ? '' : `, change ${revision}`),
  ]);
  for (const { setting, message, remedy } of warnings)
    terminal.note(
      `${terminal.paintNote('yellow', 'warning:')} ${toPrintable(`${setting}: ${message}`)}`,
      `  → ${toPrintable(remedy)}`,
    );
  if (isSharedWithRocketChat)
    terminal.note('A Rocket.Chat on this database may have to be restarted to see it.');
}
