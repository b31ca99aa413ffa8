import type { Program } from './program.js';
import { findWaiting } from '../run/find-waiting.js';
import { toWaitingCommand } from '../run/run-id.js';
import type { Tool } from '../tool.js';
import { assertCounted, assertMeant } from './assert-meant.js';
import {
  configOption,
  countedYesOption,
  countOption,
  databaseOption,
  jsonOption,
  noWaitOption,
  parseRunId,
  urlOption,
} from './options.js';
import { parseRows } from './row-ids.js';
import { start } from './sync.js';

const WORDS = { stand: 'wait', act: 'do', done: 'approved' } as const;

export function addApprove(program: Program, tool: Tool): void {
  program
    .command('approve')
    .description('do the removals that a run held')
    .argument('<run>', 'the run that was held', parseRunId)
    .option('--rows <ids>', 'only these rows of changes, with commas between', parseRows)
    .addOption(countOption())
    .option('--mail', 'mail everybody who is switched off or on')
    .option('--no-mail', 'mail nobody (default: mail them where they are few)')
    .addOption(countedYesOption())
    .addOption(urlOption())
    .addOption(databaseOption())
    .addOption(configOption())
    .addOption(jsonOption())
    .addOption(noWaitOption())
    .action((runId, options) =>
      tool.run(options, async (session) => {
        assertCounted(options);
        await assertMeant(await findWaiting(runId, options.rows, { session, tool }), options, {
          words: { ...WORDS, look: toWaitingCommand(runId) },
          terminal: tool.terminal,
        });
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
