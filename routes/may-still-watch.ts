import type { Authenticate, Authorize } from '../lib/auth/principal.js';
import type { Call } from './checks.js';
import { createSharedAnswers } from './shared-answers.js';

/** Whether a watcher may go on watching. */
export interface StillWatching {
  /** A number that changes each time that all watchers have to be checked again. */
  round(): number;
  /** False for a user who has signed out or lost the permission. */
  mayStillWatch(call: Call): Promise<boolean>;
}

/**
 * In each round the request of every stream is authenticated again, and the permission of every user is
 * looked up once, however many streams the user has.
 */
export function createStillWatching(
  { authenticate, authorize }: { readonly authenticate: Authenticate; readonly authorize: Authorize },
  { permission, roundMs }: { readonly permission: string; readonly roundMs: number },
): StillWatching {
  const share = createSharedAnswers<boolean>(roundMs);
  const round = (): number => Math.floor(performance.now() / roundMs);

  return {
    round,
    async mayStillWatch({ request, principal }) {
      const question = `${round()} ${principal.userId}`;
      const now = await authenticate(request);
      return now?.userId === principal.userId && share(question, () => authorize(now, permission));
    },
  };
}
