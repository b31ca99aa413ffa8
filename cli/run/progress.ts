import { toColumns, toPrintable } from '../terminal/printable.js';
import type { Terminal } from '../terminal/terminal.js';

export interface Progress {
  show(text: string): void;
  /** Takes the living line away. Idempotent. */
  end(): void;
}

/** A log gets a line so often at most. */
const LOG_MS = 5_000;
const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const FRAME_MS = 100;
const CLEAR_LINE = '\r\u001b[2K';

/** On a terminal one line that lives; in a log a line every few seconds, when something has changed. */
export function createProgress({ stderr, note, paintNote }: Terminal): Progress {
  return stderr.isTTY ? createLivingLine(stderr, paintNote) : createLogLines(note);
}

function createLivingLine(stderr: NodeJS.WriteStream, paint: Terminal['paintNote']): Progress {
  let text = '';
  let frame = 0;
  let timer: NodeJS.Timeout | undefined;
  const draw = (): void => {
    const mark = FRAMES[(frame += 1) % FRAMES.length] ?? '';
    const line = toColumns(toPrintable(text), Math.max(10, (stderr.columns || 80) - 3)).trimEnd();
    stderr.write(`${CLEAR_LINE}${paint('cyan', mark)} ${line}`);
  };
  return {
    show(now) {
      text = now;
      timer ??= setInterval(draw, FRAME_MS);
      draw();
    },
    end() {
      if (!timer) return;
      clearInterval(timer);
      timer = undefined;
      stderr.write(CLEAR_LINE);
    },
  };
}

function createLogLines(note: Terminal['note']): Progress {
  let last = '';
  let writtenAt = -LOG_MS;
  return {
    show(text) {
      const now = performance.now();
      if (text === last || now - writtenAt < LOG_MS) return;
      [last, writtenAt] = [text, now];
      note(toPrintable(text));
    },
    end: () => undefined,
  };
}
