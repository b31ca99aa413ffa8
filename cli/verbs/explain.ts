import { Option } from '@commander-js/extra-typings';
import type { Program } from './program.js';
import { toExplanationLines } from '../show/explanation.js';
import { printDocument } from '../show/print-list.js';
import type { Tool } from '../tool.js';
import { configOption, databaseOption, jsonOption, urlOption } from './options.js';

const ASKED_BY = ['username', 'email', 'dn', 'id'] as const;
type AskedBy = (typeof ASKED_BY)[number];

export function addExplain(program: Program, tool: Tool): void {
  program
    .command('explain')
    .description('why somebody looks as they do, and what a sync would do to them')
    .argument('<who>', 'a user name; an address has an @, a DN an =')
    .addOption(new Option('--by <what>', 'what is given').choices(ASKED_BY))
    .addOption(urlOption())
    .addOption(databaseOption())
    .addOption(configOption())
    .addOption(jsonOption())
    .action((who, options) =>
      tool.run(options, async ({ client }) => {
        const by = options.by ?? toAskedBy(who);
        const answer = await client.explainUser({ [by]: who }, { signal: tool.interrupted });
        if (options.json) await printDocument(answer, tool.terminal);
        else await tool.terminal.write(toExplanationLines(answer, tool.terminal.paint));
        return 'done';
      }),
    );
}

/** A DN may hold an address, and no address holds a DN. */
function toAskedBy(who: string): AskedBy {
  if (/^\w[\w.-]*\s*=/.test(who)) return 'dn';
  return who.includes('@') ? 'email' : 'username';
}
