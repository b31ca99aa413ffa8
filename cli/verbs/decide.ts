import type { Program } from './program.js';
import { findWaiting } from '../run/find-waiting.js';
import { toWaitingCommand } from '../run/run-id.js';
import { printDocument } from '../show/print-list.js';
import { confirmOrRefuse } from '../terminal/confirm.js';
import type { Tool } from '../tool.js';
import {
  configOption,
  countedYesOption,
  countOption,
  databaseOption,
  jsonOption,
  noWaitOption,
  parseRunId,
  urlOption,
  yesOption,
} from './options.js';
import { assertCounted, assertMeant } from './assert-meant.js';
import { parseRows } from './row-ids.js';
import { start } from './sync.js';

const REJECT_WORDS = { stand: 'wait', act: 'reject', done: 'rejected' } as const;

export function addReject(program: Program, tool: Tool): void {
  program
    .command('reject')
    .description('close the list of a run that was held; nothing of it happens')
    .argument('<run>', 'the run that was held', parseRunId)
    .option('--rows <ids>', 'only these rows of changes, with commas between', parseRows)
    .addOption(countOption())
    .addOption(countedYesOption())
    .addOption(urlOption())
    .addOption(databaseOption())
    .addOption(configOption())
    .addOption(jsonOption())
    .action((runId, { rows, ...options }) =>
      tool.run(options, async (session) => {
        assertCounted(options);
        await assertMeant(await findWaiting(runId, rows, { session, tool }), options, {
          words: { ...REJECT_WORDS, look: toWaitingCommand(runId) },
          terminal: tool.terminal,
        });
        const what = rows ? `${rows.length} rows` : 'everything that waits';
        const answer = await session.client.rejectRun(
          { runId, ...(rows ? { rows } : {}) },
          { signal: tool.interrupted },
        );
        return say(answer, `Rejected ${what} of the run ${runId}.`, { tool, ...options });
      }),
    );
}

export function addRevert(program: Program, tool: Tool): void {
  program
    .command('revert')
    .description('take back what a run took away')
    .argument('<run>', 'the sync or the approval', parseRunId)
    .addOption(yesOption())
    .addOption(urlOption())
    .addOption(databaseOption())
    .addOption(configOption())
    .addOption(jsonOption())
    .addOption(noWaitOption())
    .action((runId, options) =>
      tool.run(options, async (session) => {
        await confirmOrRefuse(`Take back what the run ${runId} took away?`, options.yes, tool.terminal);
        return start(session, {
          tool,
          wished: options,
          call: (client) => client.revertRun({ runId }, { signal: tool.interrupted }),
        });
      }),
    );
}

export function addCancel(program: Program, tool: Tool): void {
  program
    .command('cancel')
    .description('end a run within a page; what it has added stays')
    .argument('<run>', 'its id', parseRunId)
    .addOption(urlOption())
    .addOption(databaseOption())
    .addOption(configOption())
    .addOption(jsonOption())
    .action((runId, options) =>
      tool.run(options, async ({ client }) => {
        const answer = await client.cancelRun({ runId }, { signal: tool.interrupted });
        return say(answer, `The run ${runId} is asked to end.`, { tool, ...options });
      }),
    );
}

async function say(
  answer: object,
  text: string,
  { tool, json }: { readonly tool: Tool; readonly json?: true | undefined },
): Promise<'done'> {
  if (json) await printDocument(answer, tool.terminal);
  else await tool.terminal.write([text]);
  return 'done';
}
