import type { Logger } from '../../logger.js';
import type { Settings } from '../../settings/settings.js';
import { createCallCounter } from '../limits/call-counter.js';
import { findLack } from './account-lack.js';
import type { FactorUser } from './factor.js';

const HOUR_MS = 3_600_000;

/** Logs what an account lacks that was asked for a second factor and cannot give any: once an hour a user. */
export function createLackLog(logger: Logger): (user: FactorUser, settings: Settings) => void {
  const logged = createCallCounter(HOUR_MS);

  return (user, settings) => {
    const lack = findLack(user, settings);
    if (lack && logged.count(user._id).count === 1)
      logger.warn({ userId: user._id, ...lack }, 'An account cannot give any second factor');
  };
}
