import type { Program } from './program.js';
import type { Exit } from '../exit-codes.js';
import { toOutline } from '../show/outline.js';
import { printDocument } from '../show/print-list.js';
import { readSecrets } from '../settings/read-secrets.js';
import { readSettingsFiles } from '../settings/settings-file.js';
import type { Tool } from '../tool.js';
import { configOption, databaseOption, jsonOption, urlOption } from './options.js';

export function addTest(program: Program, tool: Tool): void {
  program
    .command('test')
    .description('say all that can be found out about the settings; changes nothing')
    .argument('[who]', 'whether a sync finds this user name')
    .option('--settings <file...>', 'with settings that are not saved (JSON; - is stdin)')
    .option('--secret-file <id=path...>', 'the value of a secret setting is in a file')
    .addOption(urlOption())
    .addOption(databaseOption())
    .addOption(configOption())
    .addOption(jsonOption())
    .action((who, options) =>
      tool.run(options, async ({ client }) => {
        const { settings: files = [], secretFile } = options;
        const settings = { ...(await readSettingsFiles(files, tool)), ...readSecrets(secretFile) };
        const answer = await client.testSettings(
          {
            ...(who === undefined ? {} : { username: who }),
            ...(Object.keys(settings).length > 0 ? { settings } : {}),
          },
          { signal: tool.interrupted },
        );
        const { terminal } = tool;
        if (options.json) await printDocument(answer, terminal);
        else await terminal.write(toOutline(answer, terminal.paint));
        return toExit(answer);
      }),
    );
}

/** Problems are what a sync fails with, or brings nobody. */
function toExit(answer: object): Exit {
  const { problems } = answer as { readonly problems?: unknown };
  return Array.isArray(problems) && problems.length > 0 ? 'failed' : 'done';
}
