import type { Program } from './program.js';
import { toExplanationLines } from '../show/explanation.js';
import { printDocument } from '../show/print-list.js';
import type { Tool } from '../tool.js';
import { byOption, toAskedPerson } from './asked-person.js';
import { configOption, databaseOption, jsonOption, urlOption } from './options.js';

export function addExplain(program: Program, tool: Tool): void {
  program
    .command('explain')
    .description('why somebody looks as they do, and what a sync would do to them')
    .argument('<who>', 'a user name; an address has an @, a DN an =')
    .addOption(byOption())
    .addOption(urlOption())
    .addOption(databaseOption())
    .addOption(configOption())
    .addOption(jsonOption())
    .action((who, options) =>
      tool.run(options, async ({ client }) => {
        const asked = toAskedPerson(who, options.by);
        const answer = await client.explainUser(asked, { signal: tool.interrupted });
        if (options.json) await printDocument(answer, tool.terminal);
        else await tool.terminal.write(toExplanationLines(answer, tool.terminal.paint));
        return 'done';
      }),
    );
}
