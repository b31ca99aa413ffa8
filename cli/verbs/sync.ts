import { CommandError } from '../command-error.js';
import type { Program } from './program.js';
import { endOfRun, type Wished } from '../run/end-of-run.js';
import type { LdapSyncClient } from '../../client/index.js';
import type { Session } from '../session/session.js';
import { readSecrets } from '../settings/read-secrets.js';
import { readSettingsFiles } from '../settings/settings-file.js';
import type { Tool } from '../tool.js';
import { byOption, toAskedPerson, type AskedBy } from './asked-person.js';
import { configOption, databaseOption, jsonOption, noWaitOption, urlOption } from './options.js';

export function addSync(program: Program, tool: Tool): void {
  program
    .command('sync')
    .description('start a sync, or join the one that is going, and wait for its report; or sync one person')
    .option(
      '--person <who>',
      'this person alone: a user name; an address has an @, a DN an =. What adds is written, what would take something ' +
        'away waits (exit code 3), and it is refused while another run is going (5)',
    )
    .addOption(byOption())
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
          call: toCall(options, tool),
        }),
      ),
    );
}

type Call = Start['call'];

function toCall({ person, by }: { readonly person?: string; readonly by?: AskedBy }, tool: Tool): Call {
  const { interrupted: signal } = tool;
  if (person !== undefined) return (client) => client.syncPerson(toAskedPerson(person, by), { signal });
  if (by === undefined) return (client) => client.syncNow({ signal });
  throw new CommandError('usage', '--by needs --person.', {
    remedy: 'Say who: --person WHO --by username, email, dn or id.',
  });
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
