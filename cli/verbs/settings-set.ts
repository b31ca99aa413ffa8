import type { Command } from '@commander-js/extra-typings';
import { text as readAll } from 'node:stream/consumers';
import { SECRET_IDS, isSecret } from '../../lib/settings/secret-settings.js';
import { CommandError } from '../command-error.js';
import { readAssignments } from '../settings/read-assignments.js';
import { readSecrets } from '../settings/read-secrets.js';
import { assertSettable, toDifferences } from '../settings/setting-differences.js';
import { tellChanged, tellDifferences } from '../settings/tell-changes.js';
import type { SettingValues } from '../session/client-port.js';
import { createAsk } from '../terminal/ask.js';
import { confirmOrRefuse } from '../terminal/confirm.js';
import type { Tool } from '../tool.js';
import { configOption, databaseOption, jsonOption, urlOption, yesOption } from './options.js';

export function addSettingsSet(settings: Command, tool: Tool): void {
  settings
    .command('set')
    .description('change settings, all or none')
    .argument('[file-or-id=value...]', 'a JSON file of settings (- is stdin), or a setting')
    .option('--secret-file <id=path...>', 'the value of a secret setting is in a file')
    .option('--ask <id>', 'ask for the value of a secret setting, or read it from stdin')
    .option('--reset <id...>', 'bring the default of these settings')
    .option('--dry-run', 'only say what would change')
    .addOption(yesOption())
    .addOption(urlOption())
    .addOption(databaseOption())
    .addOption(configOption())
    .addOption(jsonOption())
    .action((items, options) =>
      tool.run(options, async ({ client }) => {
        const shown = await client.settings({ signal: tool.interrupted });
        const values: SettingValues = {
          ...(await readAssignments(items, shown, tool)),
          ...Object.fromEntries((options.reset ?? []).map((id) => [id, null])),
          ...readSecrets(options.secretFile),
          ...(options.ask === undefined ? {} : await askSecret(options.ask, tool)),
        };
        if (Object.keys(values).length === 0)
          throw new CommandError('usage', 'It is not said which settings.', {
            remedy: 'Give ID=VALUE, a JSON file, --reset ID or --secret-file ID=PATH.',
          });
        assertSettable(values, shown);
        const changes = toDifferences(values, shown);
        await tellDifferences(changes, options, tool);
        if (changes.length === 0 || options.dryRun) return 'done';
        await confirmOrRefuse('Change these settings?', options.yes, tool.terminal);
        const changed = Object.fromEntries(changes.map(({ setting }) => [setting, values[setting] ?? null]));
        const answer = await client.changeSettings(
          { settings: changed, revision: shown.revision },
          { signal: tool.interrupted },
        );
        await tellChanged(answer, options, tool);
        return 'done';
      }),
    );
}

/** From a person, hidden; from a pipe, its first line. */
async function askSecret(id: string, { terminal }: Tool): Promise<Readonly<Record<string, string>>> {
  if (!isSecret(id))
    throw new CommandError('usage', `--ask takes the id of a secret setting.`, {
      remedy: `Secret settings are ${SECRET_IDS.join(' and ')}.`,
    });
  if (terminal.canAsk) return { [id]: await createAsk(terminal).secret(id) };
  const [secret = ''] = (await readAll(terminal.stdin)).split(/\r?\n/);
  if (secret !== '') return { [id]: secret };
  throw new CommandError('usage', `Nothing came from stdin for ${id}.`, {
    remedy: 'Pipe the secret into it.',
  });
}
