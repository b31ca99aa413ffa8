import type { Logger } from '../../lib/index.js';

/** One line of JSON for each event on stderr; stdout is for people. */
export function createStderrLogger(): Logger {
  const write =
    (level: string) =>
    (details: object, message: string): void => {
      process.stderr.write(
        `${JSON.stringify({ time: new Date().toISOString(), level, message, ...details })}\n`,
      );
    };
  return { debug: () => undefined, info: write('info'), warn: write('warn'), error: write('error') };
}
