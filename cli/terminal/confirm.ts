import { CommandError } from '../command-error.js';
import { createAsk } from './ask.js';
import type { Terminal } from './terminal.js';

/** Asks before something is done. Throws a {@link CommandError} unless the answer is yes; `--yes` asks nobody. */
export async function confirmOrRefuse(
  question: string,
  isSure: true | undefined,
  terminal: Terminal,
): Promise<void> {
  if (isSure) return;
  if (!terminal.canAsk)
    throw new CommandError('usage', 'Nobody is there to be asked.', {
      remedy: 'Say --yes, or run it on a terminal.',
    });
  if (await createAsk(terminal).confirm(question)) return;
  throw new CommandError('interrupted', 'Nothing was done.');
}
