import type { Command } from '@commander-js/extra-typings';
import { upTo } from '../run/read-rows.js';
import type { SettingsChange } from '../session/client-port.js';
import { toText } from '../settings/setting-differences.js';
import { readHistory } from '../settings/setting-history.js';
import { printList, type Column } from '../show/print-list.js';
import { toAge } from '../show/run-words.js';
import type { Tool } from '../tool.js';
import {
  configOption,
  csvOption,
  databaseOption,
  jsonOption,
  ndjsonOption,
  parseCount,
  urlOption,
} from './options.js';

const USUAL = 20;

const EXACT: readonly Column<SettingsChange>[] = [
  { title: 'change', cell: ({ _id }) => _id },
  { title: 'at', cell: ({ at }) => at },
  { title: 'by', cell: ({ by }) => by.username ?? by._id },
  { title: 'why', cell: toWhy },
  { title: 'settings', cell: toSettings },
];
const COLUMNS = EXACT.map((column): Column<SettingsChange> =>
  column.title === 'at' ? { title: 'when', cell: ({ at }) => toAge(at) } : column,
);

export function addSettingsHistory(settings: Command, tool: Tool): void {
  settings
    .command('history')
    .description('who changed which settings when, newest first')
    .option('--limit <changes>', 'so many at most, 0 for all', parseCount, USUAL)
    .addOption(urlOption())
    .addOption(databaseOption())
    .addOption(configOption())
    .addOption(jsonOption())
    .addOption(ndjsonOption())
    .addOption(csvOption())
    .action((options) =>
      tool.run(options, async (session) => {
        const { limit } = options;
        const { terminal } = tool;
        const all = readHistory(session, tool);
        await printList(
          {
            pages: limit === 0 ? all : upTo(limit, all),
            columns: terminal.isForPerson ? COLUMNS : EXACT,
            csvColumns: EXACT,
            toDocument: (changes) => ({ changes, count: changes.length }),
            empty: 'No change of the settings is kept.',
          },
          options,
          terminal,
        );
        return 'done';
      }),
    );
}

/** What a change was made for, where it is more than a change. */
function toWhy({ restores, applies }: SettingsChange): string {
  if (restores !== undefined) return `back to before ${restores}`;
  return applies === undefined ? '' : `preview ${applies}`;
}

function toSettings({ changes }: SettingsChange): string {
  return changes
    .map((one) =>
      'isSecret' in one
        ? `${one.setting}: (secret)`
        : `${one.setting}: ${toText(one.from)} → ${toText(one.to)}`,
    )
    .join(', ');
}
