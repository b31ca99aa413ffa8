import { InvalidArgumentError, type Command } from '@commander-js/extra-typings';
import { isRunId } from '../run/run-id.js';
import type { Settings } from '../session/client-port.js';
import { readSecrets } from '../settings/read-secrets.js';
import { toDifferences, type Difference } from '../settings/setting-differences.js';
import { findFormer, type Former } from '../settings/setting-history.js';
import { tellChanged, tellDifferences } from '../settings/tell-changes.js';
import { confirmOrRefuse } from '../terminal/confirm.js';
import type { Tool } from '../tool.js';
import { configOption, databaseOption, jsonOption, urlOption, yesOption } from './options.js';

export function addSettingsRestore(settings: Command, tool: Tool): void {
  settings
    .command('restore')
    .description('take back a change of the settings, and all that came after it')
    .argument('<change>', 'its id, of settings history', parseChangeId)
    .option('--secret-file <id=path...>', 'the value of a secret setting is in a file; else it stays')
    .option('--dry-run', 'only say what would change')
    .addOption(yesOption())
    .addOption(urlOption())
    .addOption(databaseOption())
    .addOption(configOption())
    .addOption(jsonOption())
    .action((changeId, options) =>
      tool.run(options, async (session) => {
        const { client } = session;
        const secrets = readSecrets(options.secretFile);
        const former = await findFormer(changeId, session, tool);
        const shown = await client.settings({ signal: tool.interrupted });
        const changes = toRestored(former, secrets, shown);
        tellWhatStays(former, secrets, { shown, tool });
        await tellDifferences(changes, options, tool);
        if (changes.length === 0 || options.dryRun) return 'done';
        const what = former.count === 1 ? 'this change' : `these ${former.count} changes`;
        await confirmOrRefuse(`Take back ${what}?`, options.yes, tool.terminal);
        const given = Object.keys(secrets).length > 0 ? { secrets } : {};
        const answer = await client.restoreSettings(
          { changeId, revision: shown.revision, ...given },
          { signal: tool.interrupted },
        );
        await tellChanged(answer, options, tool);
        return 'done';
      }),
    );
}

type Secrets = Readonly<Record<string, string>>;

function isOverridden(id: string, { settings }: Settings): boolean {
  return settings.some(({ setting, source }) => setting === id && source === 'environment');
}

/** What the environment overrides stays, and so does what is no setting any more. */
function toRestored({ values }: Former, secrets: Secrets, shown: Settings): readonly Difference[] {
  const known = new Set(shown.settings.map(({ setting }) => setting));
  const restorable = Object.entries(values).filter(([id]) => known.has(id) && !isOverridden(id, shown));
  return toDifferences({ ...Object.fromEntries(restorable), ...secrets }, shown);
}

interface Told {
  readonly shown: Settings;
  readonly tool: Tool;
}

function tellWhatStays({ values, secrets }: Former, given: Secrets, { shown, tool }: Told): void {
  const { note, paintNote } = tool.terminal;
  const warning = paintNote('yellow', 'warning:');
  for (const id of secrets.filter((one) => !Object.hasOwn(given, one)))
    note(
      `${warning} ${id} was changed, too; what it was is not kept, and it stays as it is.`,
      `  → Give it with --secret-file ${id}=PATH where it has to be another.`,
    );
  for (const id of Object.keys(values).filter((one) => isOverridden(one, shown)))
    note(
      `${warning} ${id} stays as it is: it comes from an environment.`,
      `  → Change OVERWRITE_SETTING_${id} where the chat server is started.`,
    );
}

function parseChangeId(text: string): string {
  if (isRunId(text)) return text;
  throw new InvalidArgumentError(
    'A change has 17 letters and digits; chat-ldap-sync settings history lists them.',
  );
}
