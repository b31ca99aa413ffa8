import type { Program } from './program.js';
import { endOfRun, type Wished } from '../run/end-of-run.js';
import type { LdapSyncClient } from '../../client/index.js';
import type { Session } from '../session/session.js';
import { readSecrets } from '../settings/read-secrets.js';
import { readSettingsFiles } from '../settings/settings-file.js';
import type { Tool } from '../tool.js';
import { configOption, databaseOption, jsonOption, noWaitOption, urlOption } from './options.js';

export function addSync(program: Program, tool: Tool): void {
  program
    .command('sync')
    .description('start a sync, or join the one that is going, and wait for its report')
    .addOption(urlOption())
    .addOption(databaseOption())
    .addOption(configOption())
    .addOption(jsonOption())
    .addOption(noWaitOption())
    .action((options) =>
      tool.run(options, (session) =>
        start(session, {
          tool,
          wished: options,
          call: (client) => client.syncNow({ signal: tool.interrupted }),
        }),
      ),
    );
}

export function addPreview(program: Program, tool: Tool): void {
  program
    .command('preview')
    .description('show what a sync would do, and write to nobody')
    .option('--settings <file...>', 'with settings that are not saved (JSON; - is stdin)')
    .option('--secret-file <id=path...>', 'the value of a secret setting is in a file')
    .addOption(urlOption())
    .addOption(databaseOption())
    .addOption(configOption())
    .addOption(jsonOption())
    .addOption(noWaitOption())
    .action((options) =>
      tool.run(options, async (session) => {
        const { settings: files = [], secretFile } = options;
        const values = { ...(await readSettingsFiles(files, tool)), ...readSecrets(secretFile) };
        const input = Object.keys(values).length > 0 ? { settings: values } : {};
        const call = (client: LdapSyncClient) => client.previewSync(input, { signal: tool.interrupted });
        return start(session, { tool, wished: options, call });
      }),
    );
}

interface Start {
  readonly tool: Tool;
  readonly wished: Wished;
  readonly call: (client: LdapSyncClient) => Promise<{ readonly runId: string }>;
}

/** Starts a run and waits for its report. */
export async function start(session: Session, { tool, wished, call }: Start) {
  const { runId } = await call(session.client);
  return endOfRun(runId, session, { tool, wished });
}
