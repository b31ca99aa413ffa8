import { Option } from '@commander-js/extra-typings';
import { OUTCOMES } from '../../models/run-report.js';
import type { Program } from './program.js';
import { type Extent, readChanges, readWaiting, upTo } from '../run/read-rows.js';
import { CHANGE_COLUMNS, CHANGE_CSV } from '../show/change-columns.js';
import { printList } from '../show/print-list.js';
import type { Tool } from '../tool.js';
import {
  configOption,
  csvOption,
  databaseOption,
  jsonOption,
  ndjsonOption,
  parseCount,
  parseRunId,
  urlOption,
} from './options.js';

/** Rows of a table that nobody asked to be longer. */
const USUAL = 100;

export function addChanges(program: Program, tool: Tool): void {
  program
    .command('changes')
    .description('what a run did, or would do, person by person')
    .argument('<run>', 'its id', parseRunId)
    .addOption(new Option('--outcome <outcome>', 'only those').choices(OUTCOMES))
    .option('--text <text>', 'only rows with this text')
    .addOption(
      new Option('--waiting', 'only removals that wait for a decision').conflicts([
        'outcome',
        'text',
      ] as string[]),
    )
    .option(
      '--limit <rows>',
      `so many at most, 0 for all (default: ${USUAL} on a terminal and of --json, else all)`,
      parseCount,
    )
    .addOption(urlOption())
    .addOption(databaseOption())
    .addOption(configOption())
    .addOption(jsonOption())
    .addOption(ndjsonOption())
    .addOption(csvOption())
    .action((runId, options) =>
      tool.run(options, async (session) => {
        const { terminal } = tool;
        const { outcome, text, waiting } = options;
        const isShort = options.json ?? !(options.csv ?? options.ndjson ?? !terminal.isForPerson);
        const limit = options.limit ?? (isShort ? USUAL : 0);
        const extent: Extent = {};
        const all = waiting
          ? readWaiting(runId, session, tool)
          : readChanges({ runId, outcome, text, limit, extent }, session, tool);
        const count = await printList(
          {
            pages: limit === 0 ? all : upTo(limit, all),
            columns: CHANGE_COLUMNS,
            csvColumns: CHANGE_CSV,
            toDocument: (changes) => ({ changes, count: changes.length, ...extent }),
            empty: waiting ? 'Nothing waits for a decision.' : 'There are no such rows.',
          },
          options,
          terminal,
        );
        if (count === limit && limit > 0 && options.limit === undefined)
          terminal.note(`These are the first ${limit}; --limit 0 shows all.`);
        return 'done';
      }),
    );
}
