import type { Authenticate, Authorize } from '../lib/auth/principal.js';
import type { Call } from './checks.js';
import { createSharedAnswers } from './shared-answers.js';

/** Whether somebody may go on with what they were let in for. */
export interface StillWatching {
  /** A number that is another one each time that everybody has to be looked at again. */
  round(): number;
  /** A signed-out user, and one who lost the permission, has seen enough. */
  mayStillWatch(call: Call): Promise<boolean>;
}

/**
 * In each round the request of every stream is authenticated anew, and the permission of every user looked up
 * once, however many streams they have.
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
