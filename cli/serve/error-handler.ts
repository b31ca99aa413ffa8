import type { ErrorRequestHandler } from 'express';
import type { Logger } from '../../lib/logger.js';

/** Tells the caller nothing about the inside of the server; the log has it. */
export function createErrorHandler(logger: Logger): ErrorRequestHandler {
  // Express tells a handler of errors by its four parameters.
  // eslint-disable-next-line max-params
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const status = (error as { status?: unknown }).status;
    const isClients = typeof status === 'number' && status >= 400 && status < 500;
    if (!isClients) {
      const stack = error instanceof Error ? error.stack : String(error);
      logger.error({ method: request.method, path: request.path, stack }, 'A request failed');
    }
    response
      .status(isClients ? status : 500)
      .json({ success: false, error: isClients ? 'Bad request' : 'Internal server error' });
  };
}
