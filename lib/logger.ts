/**
 * Where the package writes what it does. pino (and what is shaped like it), winston and `console` fit as they
 * are. It receives texts and details that are safe to keep: no secret, no entry.
 */
export interface Logger {
  debug(details: object, message: string): void;
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

type Level = keyof Logger;

/** A logger of a host, whatever the order of its parameters. */
type HostLogger = Readonly<Record<Level, (...parameters: unknown[]) => unknown>>;

const ignore = (): void => undefined;

export const silentLogger: Logger = { debug: ignore, info: ignore, warn: ignore, error: ignore };

/**
 * Wraps a host's logger: gives it the text where it expects it, and keeps its failures from the work that is
 * logged.
 */
export function createSafeLogger(host: Logger): Logger {
  const logger = host as unknown as HostLogger;
  const isTextFirst = expectsTextFirst(host);
  const write = (level: Level, details: object, message: string): void => {
    try {
      const result = isTextFirst ? logger[level](message, details) : logger[level](details, message);
      // A logger that sends its lines over a network may answer with a promise.
      void Promise.resolve(result).catch(ignore);
    } catch {
      // A line that cannot be written has nowhere to be reported.
    }
  };
  return {
    debug: (details, message) => write('debug', details, message),
    info: (details, message) => write('info', details, message),
    warn: (details, message) => write('warn', details, message),
    error: (details, message) => write('error', details, message),
  };
}

/** winston and `console` take the text first; pino and bunyan take the details first. */
function expectsTextFirst(host: object): boolean {
  const has = (...names: readonly string[]): boolean =>
    names.every((name) => typeof (host as Record<string, unknown>)[name] === 'function');
  const isWinston = has('log', 'configure', 'profile');
  const isConsole = has('log', 'table', 'dir');
  return isWinston || isConsole;
}
