import { CommandError } from '../command-error.js';
import type { Program } from './program.js';
import { toArgument } from '../run/run-id.js';
import { readWaiting } from '../run/read-rows.js';
import type { Change } from '../session/client-port.js';
import type { Session } from '../session/session.js';
import type { Tool } from '../tool.js';
import { askForNumber, assertCount } from './assert-meant.js';
import {
  configOption,
  databaseOption,
  jsonOption,
  noWaitOption,
  parseCount,
  parseRunId,
  urlOption,
} from './options.js';
import { parseRows } from './row-ids.js';
import { start } from './sync.js';

const WORDS = { stand: 'wait', done: 'approved' } as const;

export function addApprove(program: Program, tool: Tool): void {
  program
    .command('approve')
    .description('do the removals that a run held')
    .argument('<run>', 'the run that was held', parseRunId)
    .option('--rows <ids>', 'only these rows of changes, with commas between', parseRows)
    .option('--count <n>', 'how many removals you mean; has to be how many wait', parseCount)
    .option('--mail', 'mail everybody who is switched off or on')
    .option('--no-mail', 'mail nobody (default: mail them where they are few)')
    .option('--yes', 'do not ask; needs --count')
    .addOption(urlOption())
    .addOption(databaseOption())
    .addOption(configOption())
    .addOption(jsonOption())
    .addOption(noWaitOption())
    .action((runId, options) =>
      tool.run(options, async (session) => {
        if (options.yes && options.count === undefined)
          throw new CommandError('usage', '--yes needs --count.', {
            remedy: 'Say how many removals you mean: chat-ldap-sync changes RUN --waiting shows them.',
          });
        const waiting = await findWaiting(runId, options.rows, { session, tool });
        // Asked of the server at this moment: a list that is longer than somebody thought is not approved.
        const look = `chat-ldap-sync changes ${toArgument(runId)} --waiting`;
        assertCount(waiting.length, options, { ...WORDS, look });
        if (!options.yes) await askForNumber(waiting, WORDS, tool.terminal);
        const mailing = options.mail === undefined ? {} : { mail: options.mail };
        const about = { runId, ...(options.rows ? { rows: options.rows } : {}), ...mailing };
        return start(session, {
          tool,
          wished: options,
          call: (client) => client.approveRun(about, { signal: tool.interrupted }),
        });
      }),
    );
}

/** What waits now, of all or of the rows that are meant. */
async function findWaiting(
  runId: string,
  rows: readonly string[] | undefined,
  { session, tool }: { readonly session: Session; readonly tool: Tool },
): Promise<readonly Change[]> {
  const chosen = rows && new Set(rows);
  const waiting: Change[] = [];
  for await (const page of readWaiting(runId, session, tool))
    waiting.push(...page.filter(({ id }) => chosen?.has(id ?? '') ?? true));
  return waiting;
}
