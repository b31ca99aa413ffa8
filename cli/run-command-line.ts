import { CommanderError } from '@commander-js/extra-typings';
import { EXIT_CODES } from './exit-codes.js';
import { createProgram } from './program.js';
import { refuseSecretFlags } from './refuse-secret-flags.js';
import { toFailure } from './session/failure.js';
import { createTerminal, type Streams } from './terminal/terminal.js';
import { createTool, tell } from './tool.js';

export interface Surroundings {
  readonly streams: Streams;
  readonly version: string;
  readonly interrupted: AbortSignal;
}

/** Does what the arguments say; gives the exit code. Never rejects. */
export async function runCommandLine(
  argv: readonly string[],
  { streams, version, interrupted }: Surroundings,
): Promise<number> {
  const terminal = createTerminal(streams);
  const tool = createTool(terminal, interrupted);
  try {
    refuseSecretFlags(argv);
    await createProgram(tool, version).parseAsync([...argv], { from: 'user' });
    return tool.code;
  } catch (error) {
    // commander has told it already; help and version are no mistakes.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT_CODES.usage.code;
    const failure = toFailure(error);
    tell(failure, terminal);
    return EXIT_CODES[failure.exit].code;
  }
}
