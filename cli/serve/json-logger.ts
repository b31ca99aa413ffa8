import type { Logger } from '../../lib/logger.js';

export type LogLevel = keyof Logger;

const LEVELS: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];

/** A line of JSON for each event, from `level` on. */
export function createJsonLogger(output: NodeJS.WritableStream, level: LogLevel): Logger {
  const ignore = (): void => undefined;
  const write =
    (name: LogLevel) =>
    (details: object, message: string): void => {
      const head = { time: new Date().toISOString(), level: name, message };
      // First to be read first, and last so that no detail takes their place.
      output.write(`${JSON.stringify({ ...head, ...details, ...head })}\n`);
    };
  const from = (name: LogLevel) => (LEVELS.indexOf(name) >= LEVELS.indexOf(level) ? write(name) : ignore);
  return { debug: from('debug'), info: from('info'), warn: from('warn'), error: from('error') };
}
