import type { ReadSettings, Settings } from '../settings/settings.js';
import { createRateLimit, type RateLimitState } from './rate-limit.js';

/** Counts a call without a valid token by its address; `undefined` when it is not limited. */
export type StrangerLimit = (address: string | undefined) => Promise<RateLimitState | undefined>;

/** Keeps a flood of such calls from becoming a flood of reads of the settings. */
const REMEMBERED_MS = 5_000;

/**
 * Limits the calls without a valid token from one address, over all endpoints. Calls of signed-in users are
 * never counted here, so a flood of wrong tokens shuts out no user behind the same proxy.
 */
export function createStrangerLimit(readSettings: ReadSettings): StrangerLimit {
  let remembered: { readonly settings: Settings; readonly until: number } | undefined;

  const limit = createRateLimit({
    async readSettings() {
      if (!remembered || remembered.until <= performance.now())
        remembered = { settings: await readSettings(), until: performance.now() + REMEMBERED_MS };
      return remembered.settings;
    },
  });

  // A caller who is not signed in is refused anyway, also while the settings cannot be read.
  return (address) => limit({ scope: 'strangers', principal: undefined, address }).catch(() => undefined);
}
