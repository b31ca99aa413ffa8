import type { Program } from './program.js';
import { printDocument } from '../show/print-list.js';
import { toStatusLines } from '../show/status-lines.js';
import type { Tool } from '../tool.js';
import { configOption, databaseOption, jsonOption, urlOption } from './options.js';
import { findUnreadSync, toUnreadLines } from './unread-sync.js';

export function addStatus(program: Program, tool: Tool): void {
  program
    .command('status')
    .description('how the sync is doing, over all hosts')
    .addOption(urlOption())
    .addOption(databaseOption())
    .addOption(configOption())
    .addOption(jsonOption())
    .action((options) =>
      tool.run(options, async (session) => {
        const { terminal } = tool;
        const status = await session.client.status({ signal: tool.interrupted });
        if (options.json) await printDocument(status, terminal);
        else {
          const unread = await findUnreadSync(session, tool);
          await terminal.write([
            ...toStatusLines(status, terminal),
            ...(unread ? toUnreadLines(unread, terminal.paint) : []),
          ]);
        }
        return 'done';
      }),
    );
}
