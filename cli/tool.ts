import { CommandError } from './command-error.js';
import { EXIT_CODES, type Exit } from './exit-codes.js';
import { toFailure, type Failure } from './session/failure.js';
import { openSession, type Way } from './session/open-session.js';
import type { Session } from './session/session.js';
import { toPrintable } from './terminal/printable.js';
import type { Terminal } from './terminal/terminal.js';
import { toJson } from './terminal/to-json.js';

/** What the commands are made with. */
export interface Tool {
  readonly terminal: Terminal;
  /** Aborts with Ctrl-C or SIGTERM. */
  readonly interrupted: AbortSignal;
  /** Does the work of a command over the way that was asked for, and remembers how it ended. Never rejects. */
  run(way: Way, work: (session: Session) => Promise<Exit>): Promise<void>;
  /** The same without a chat server. */
  runAlone(work: () => Promise<Exit>): Promise<void>;
  /** The same for work that ends by itself, and well, when it is interrupted. */
  runService(work: () => Promise<Exit>): Promise<void>;
  /** How the last command ended. */
  readonly code: number;
}

export function createTool(terminal: Terminal, interrupted: AbortSignal): Tool {
  let exit: Exit = 'done';

  const runAlone = (work: () => Promise<Exit>): Promise<void> =>
    attempt(() => Promise.race([work(), untilInterrupted(interrupted)]));

  async function attempt(work: () => Promise<Exit>, { json }: Pick<Way, 'json'> = {}): Promise<void> {
    try {
      exit = await work();
    } catch (error) {
      const failure = toFailure(error);
      exit = interrupted.aborted ? 'interrupted' : failure.exit;
      if (interrupted.aborted && !(error instanceof CommandError)) return;
      tell(failure, terminal);
      if (json) await terminal.write([toJson(toDocument(failure))]);
    }
  }

  return {
    terminal,
    interrupted,
    runAlone,
    runService: attempt,
    async run(way, work) {
      let session: Session | undefined;
      await attempt(
        () =>
          Promise.race([
            (async () => {
              session = await openSession(way, terminal);
              return work(session);
            })(),
            untilInterrupted(interrupted),
          ]),
        way,
      );
      // What was asked for is done by now, or its failure is told.
      await session?.close().catch((error: unknown) => {
        const { error: what } = toFailure(error);
        terminal.note(`${terminal.paintNote('yellow', 'warning:')} The connection did not end well: ${what}`);
      });
    },
    get code() {
      return EXIT_CODES[exit].code;
    },
  };
}

function untilInterrupted(interrupted: AbortSignal): Promise<Exit> {
  return new Promise((resolve) => {
    if (interrupted.aborted) return resolve('interrupted');
    interrupted.addEventListener('abort', () => resolve('interrupted'), { once: true });
  });
}

/** For programs, in the place of the answer. */
function toDocument({ error, errorType, remedy, mistakes }: Failure): object {
  return { error, errorType, remedy, ...(mistakes.length > 0 ? { mistakes } : {}) };
}

/** What went wrong, all of it, with what to do. */
export function tell({ error, remedy, mistakes, stack }: Failure, { note, paintNote }: Terminal): void {
  note(`${paintNote('red', 'error:')} ${toPrintable(error)}`);
  for (const mistake of mistakes) {
    note(`  - ${toPrintable(mistake.message)}`);
    if (mistake.remedy !== undefined) note(`    → ${toPrintable(mistake.remedy)}`);
  }
  if (remedy !== undefined) note(`  → ${toPrintable(remedy)}`);
  if (stack !== undefined) note(stack);
}
