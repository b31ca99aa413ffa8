import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from '../../lib/logger.js';
import { CommandError } from '../command-error.js';
import type { createMongoConnection } from '../session/connect-mongo.js';

const PAUSE_MS = 2_000;

/**
 * Tries until MongoDB is there, since a sidecar may be started before it; from then on the driver does it. Rejects when
 * no waiting helps: the connection string is wrong.
 */
export async function keepConnecting(
  { open }: ReturnType<typeof createMongoConnection>,
  logger: Logger,
  stopping: AbortSignal,
): Promise<void> {
  let told = '';
  while (!stopping.aborted) {
    try {
      await open();
      logger.info({}, 'MongoDB is there');
      return;
    } catch (error) {
      if (!(error instanceof CommandError) || error.exit === 'usage') throw error;
      if (error.message !== told) logger.warn({ remedy: error.remedy }, error.message);
      told = error.message;
    }
    await pause(PAUSE_MS, undefined, { signal: stopping }).catch(() => undefined);
  }
}
