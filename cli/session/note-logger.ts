import type { Logger } from '../../lib/logger.js';
import { toPrintable } from '../terminal/printable.js';
import type { Terminal } from '../terminal/terminal.js';

/** What the engine has to say beside the result: warnings and errors, a line each on stderr. */
export function createNoteLogger({ note, paintNote }: Terminal): Logger {
  const ignore = (): void => undefined;
  const write =
    (word: string) =>
    (details: object, message: string): void => {
      const { remedy } = details as { remedy?: unknown };
      note(`${paintNote('yellow', word)} ${toPrintable(message)}`);
      if (typeof remedy === 'string') note(`  → ${toPrintable(remedy)}`);
    };
  return { debug: ignore, info: ignore, warn: write('warning:'), error: write('error:') };
}
