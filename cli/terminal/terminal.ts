import { toSafeLines } from './safe-lines.js';
import { createPaint, type Paint } from './style.js';

/** Where a command reads and writes; tests give their own. */
export interface Streams {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** What is known of where a command runs. Results go to stdout, everything else to stderr. */
export interface Terminal extends Streams {
  /** Results are for a person: a table that fits. Else they are for a program: plain lines, nothing cut. */
  readonly isForPerson: boolean;
  /** Somebody is there who can be asked. */
  readonly canAsk: boolean;
  /** Columns that a line of a result may take. */
  readonly width: number;
  /** Of results. */
  readonly paint: Paint;
  /** Of everything else. */
  readonly paintNote: Paint;
  /** Whoever reads the results has had enough: nothing more has to be done for them. */
  readonly isGone: boolean;
  /** Writes lines to stdout, and waits while its reader is slow. */
  write(lines: readonly string[]): Promise<void>;
  /** The same; in a file or a pipe they stay as they are. */
  writeData(lines: readonly string[]): Promise<void>;
  /** Writes lines to stderr. */
  note(...lines: readonly string[]): void;
}

const USUAL_WIDTH = 80;
const LEAST_WIDTH = 40;

export function createTerminal(streams: Streams): Terminal {
  const { stdin, stdout, stderr, environment } = streams;
  const isForPerson = stdout.isTTY;
  let isGone = false;
  // Whoever reads may have had enough: `changes RUN | head`.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    isGone = true;
  });
  return {
    ...streams,
    isForPerson,
    canAsk: stdin.isTTY && stderr.isTTY,
    get width() {
      return Math.max(LEAST_WIDTH, isForPerson ? stdout.columns || USUAL_WIDTH : USUAL_WIDTH);
    },
    paint: createPaint(isForPerson, environment),
    paintNote: createPaint(stderr.isTTY, environment),
    get isGone() {
      return isGone;
    },
    write: (lines) => writeAll(lines, toSafeLines),
    writeData: (lines) => writeAll(lines, isForPerson ? toSafeLines : (as) => as.join('\n')),
    note: (...lines) => void stderr.write(`${toSafeLines(lines)}\n`),
  };

  async function writeAll(
    lines: readonly string[],
    toText: (lines: readonly string[]) => string,
  ): Promise<void> {
    if (isGone || lines.length === 0) return;
    if (!stdout.write(`${toText(lines)}\n`)) await untilDrained(stdout);
  }
}

function untilDrained(stdout: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      stdout.off('drain', go);
      stdout.off('close', go);
      stdout.off('error', go);
      resolve();
    };
    stdout.once('drain', go).once('close', go).once('error', go);
  });
}
