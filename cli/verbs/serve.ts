import type { Program } from './program.js';
import type { Tool } from '../tool.js';

export function addServe(program: Program, tool: Tool): void {
  program
    .command('serve')
    .description('answer the API and keep the schedule beside a chat server that was not built for it')
    .option('--config <file>', 'a JSON file; what the environment says counts before it')
    .action((options) =>
      tool.runService(async () => {
        // The other commands start faster without the engine.
        const { serve } = await import('../serve/serve.js');
        return serve(options.config, tool);
      }),
    );
}
