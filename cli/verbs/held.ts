import type { Program } from './program.js';
import { toArgument } from '../run/run-id.js';
import { readWaiting } from '../run/read-rows.js';
import { CHANGE_COLUMNS, CHANGE_CSV } from '../show/change-columns.js';
import type { Report } from '../session/client-port.js';
import { printList } from '../show/print-list.js';
import { toPrintable } from '../terminal/printable.js';
import type { Tool } from '../tool.js';
import { configOption, csvOption, databaseOption, jsonOption, ndjsonOption, urlOption } from './options.js';
import { findUnreadSync, toUnreadLines } from './unread-sync.js';

const COLUMNS = CHANGE_COLUMNS.filter(({ title }) => title !== 'state' && title !== 'outcome');

export function addHeld(program: Program, tool: Tool): void {
  program
    .command('held')
    .description('the removals that wait for a decision; exit code 3 while any do, or the last sync was held')
    .addOption(urlOption())
    .addOption(databaseOption())
    .addOption(configOption())
    .addOption(jsonOption())
    .addOption(ndjsonOption())
    .addOption(csvOption())
    .action((options) =>
      tool.run(options, async (session) => {
        const { held } = await session.client.status({ signal: tool.interrupted });
        const last = await findUnreadSync(session, tool);
        const unread = last?.runId === held?.runId ? undefined : last;
        const { terminal } = tool;
        if (held && terminal.isForPerson && !(options.json ?? options.ndjson ?? options.csv))
          terminal.note(`${terminal.paintNote('yellow', '!')} ${toPrintable(held.reason)}`, '');
        const count = await printList(
          {
            pages: held ? readWaiting(held.runId, session, tool) : noPages(),
            columns: COLUMNS,
            csvColumns: CHANGE_CSV,
            toDocument: (changes) => ({
              held,
              changes,
              count: changes.length,
              total: changes.length,
              unread: unread ?? null,
            }),
            empty: held ? 'The list that is held is empty.' : 'Nothing waits for a decision.',
          },
          options,
          terminal,
        );
        if (unread) terminal.note(...toUnreadLines(unread, terminal.paintNote));
        if (!held) return unread ? 'held' : 'done';
        const { run } = await session.client.runInfo({ runId: held.runId }, { signal: tool.interrupted });
        terminal.note('', ...toChoices(run, count));
        return 'held';
      }),
    );
}

/** There is no list to approve where not everybody could be read. */
function toChoices({ _id, held }: Report, count: number): readonly string[] {
  if (held?.approvable === false) return ['This cannot be approved.', `→ ${toPrintable(held.remedy)}`];
  const run = toArgument(_id);
  return [`approve: chat-ldap-sync approve ${run} --count ${count}`, `reject:  chat-ldap-sync reject ${run}`];
}

async function* noPages(): AsyncGenerator<readonly never[]> {
  // Nothing waits.
}
