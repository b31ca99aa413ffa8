import type { ReadSettings, Settings } from '../settings/settings.js';
import { createRateLimit, type RateLimitState } from './rate-limit.js';

/** Counts a call of an address whose caller could not be told; `undefined` when it is not limited. */
export type StrangerLimit = (address: string | undefined) => Promise<RateLimitState | undefined>;

/** A flood of strangers must not become a flood of readings. */
const REMEMBERED_MS = 5_000;

/**
 * Bounds what somebody without a token may try from one address, over all endpoints. Those who are known are
 * never counted with
 * them: whoever sends wrong tokens shuts out nobody behind the same proxy.
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

  // Whoever is not known is refused anyway, also while the settings cannot be read.
  return (address) => limit({ scope: 'strangers', principal: undefined, address }).catch(() => undefined);
}
