import { CommandError } from '../command-error.js';
import type { Program } from './program.js';
import { readServeConfig } from '../serve/config.js';
import { toPrintable } from '../terminal/printable.js';
import type { Tool } from '../tool.js';

const PATIENCE_MS = 4_000;
const EVERYWHERE: ReadonlySet<string> = new Set(['0.0.0.0', '::']);

export function addHealth(program: Program, tool: Tool): void {
  program
    .command('health')
    .description('ask the sidecar of this machine whether it is alive, for the health check of a container')
    .option('--ready', 'whether it can sync, too: the database answers and gives transactions')
    .option('--config <file>', 'the file that serve was given')
    .action(({ ready, config }) =>
      tool.runAlone(async () => {
        const { host, port } = readServeConfig(config, tool.terminal.environment);
        const address = EVERYWHERE.has(host) ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
        const answer = await fetch(`http://${address}:${port}/${ready ? 'ready' : 'health'}`, {
          signal: AbortSignal.any([tool.interrupted, AbortSignal.timeout(PATIENCE_MS)]),
        }).catch(() => {
          throw new CommandError('unreachable', `Nobody answers on port ${port}.`);
        });
        const text = (await answer.text()).slice(0, 1_000);
        if (!answer.ok) throw new CommandError('failed', toPrintable(text));
        await tool.terminal.write([toPrintable(text)]);
        return 'done';
      }),
    );
}
