import { sumOfRemovals, toRemovalCounts } from '../../models/removal-kind.js';
import { CommandError } from '../command-error.js';
import { readPlanned } from '../run/read-rows.js';
import type { Change, RunSummary } from '../session/client-port.js';
import { readSecrets } from '../settings/read-secrets.js';
import { toRemovalsText } from '../show/run-words.js';
import { confirmOrRefuse } from '../terminal/confirm.js';
import type { Tool } from '../tool.js';
import { askForNumber, assertCount, type Meant } from './assert-meant.js';
import {
  configOption,
  databaseOption,
  jsonOption,
  noWaitOption,
  parseCount,
  parseRunId,
  urlOption,
  yesOption,
} from './options.js';
import type { Program } from './program.js';
import { start } from './sync.js';

/** More removals than these are not done by a yes. */
const FEW = 10;

export function addApply(program: Program, tool: Tool): void {
  program
    .command('apply')
    .description('do what a preview of unsaved settings has shown, and save its settings')
    .argument('<run>', 'the preview', parseRunId)
    .option('--count <n>', 'how many removals you mean; has to be how many the preview has', parseCount)
    .option('--secret-file <id=path...>', 'the value of a secret setting is in a file')
    .addOption(yesOption())
    .addOption(urlOption())
    .addOption(databaseOption())
    .addOption(configOption())
    .addOption(jsonOption())
    .addOption(noWaitOption())
    .action((runId, options) =>
      tool.run(options, async (session) => {
        const signal = tool.interrupted;
        const { run } = await session.client.runInfo({ runId }, { signal });
        const removals: Change[] = [];
        for await (const page of readPlanned(runId, session, tool)) removals.push(...page);
        tellPlan(run, removals, tool);
        await assertMeant(runId, removals, { ...options, tool });
        const secrets = readSecrets(options.secretFile);
        const input = { runId, ...(Object.keys(secrets).length > 0 ? { secrets } : {}) };
        return start(session, {
          tool,
          wished: options,
          call: (client) => client.applyPlan(input, { signal }),
        });
      }),
    );
}

function tellPlan({ unsaved = [] }: RunSummary, removals: readonly Change[], { terminal }: Tool): void {
  const counts = toRemovalCounts((_, kind) => removals.filter((row) => row.kind === kind).length);
  terminal.note(
    `The run would save these settings: ${unsaved.join(', ') || 'none'}.`,
    `It would do these removals: ${sumOfRemovals(counts) === 0 ? 'none' : toRemovalsText(counts)}.`,
  );
}

/** What the preview has at this moment is compared with what somebody has looked at. */
async function assertMeant(
  runId: string,
  removals: readonly Change[],
  { tool, ...meant }: Meant & { readonly tool: Tool },
): Promise<void> {
  const words = { stand: 'are planned', act: 'do', done: 'applied', look: `chat-ldap-sync changes ${runId}` };
  assertCount(removals.length, meant, words);
  if (meant.yes && meant.count === undefined && removals.length > 0)
    throw new CommandError('usage', '--yes needs --count where a preview takes something away.', {
      remedy: `Say how many removals you mean: ${words.look} shows them.`,
    });
  if (!meant.yes && removals.length > FEW) return askForNumber(removals, words, tool.terminal);
  return confirmOrRefuse('Apply the plan of this preview?', meant.yes, tool.terminal);
}
