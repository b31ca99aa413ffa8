import type { Command } from '@commander-js/extra-typings';
import { readAssignments } from '../settings/read-assignments.js';
import { assertKnown, DIFFERENCE_COLUMNS, toDifferences } from '../settings/setting-differences.js';
import { printList } from '../show/print-list.js';
import type { Tool } from '../tool.js';
import { configOption, csvOption, databaseOption, jsonOption, ndjsonOption, urlOption } from './options.js';

export function addSettingsDiff(settings: Command, tool: Tool): void {
  settings
    .command('diff')
    .description('what these settings would change')
    .argument('<file-or-id=value...>', 'a JSON file of settings (- is stdin), or a setting')
    .addOption(urlOption())
    .addOption(databaseOption())
    .addOption(configOption())
    .addOption(jsonOption())
    .addOption(ndjsonOption())
    .addOption(csvOption())
    .action((items, options) =>
      tool.run(options, async ({ client }) => {
        const shown = await client.settings({ signal: tool.interrupted });
        const values = await readAssignments(items, shown, tool);
        assertKnown(Object.keys(values), shown.settings);
        const differences = toDifferences(values, shown);
        await printList(
          {
            pages: (async function* () {
              yield await Promise.resolve(differences);
            })(),
            columns: DIFFERENCE_COLUMNS,
            toDocument: (changes) => ({ changes }),
            empty: 'Nothing differs.',
          },
          options,
          tool.terminal,
        );
        return 'done';
      }),
    );
}
