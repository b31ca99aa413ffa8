import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { SETTINGS } from '../settings/definitions.js';
import type { ReadSettings, Settings } from '../settings/settings.js';

export interface RateLimitState {
  /** The call is one too many. */
  readonly limited: boolean;
  readonly limit: number;
  readonly remaining: number;
  readonly resetAt: Date;
  readonly retryAfterSeconds: number;
}

/** Counts a call of `key`; `undefined` when the limiter is switched off. */
export type RateLimit = (key: string) => Promise<RateLimitState | undefined>;

interface Dependencies {
  readonly readSettings: ReadSettings;
  /** Multiplies the calls that the settings allow. */
  readonly factor?: number;
}

/** The longest that a timer of Node can wait: one that is set for longer fires at once, and nothing would be counted. */
const MAX_WINDOW_MS = 2_147_483_647;

/** A caller behind a proxy can make up addresses: beyond these many, the oldest count is forgotten. */
const MAX_KEYS = 10_000;
const MAX_KEY_LENGTH = 256;

/**
 * Rocket.Chat's rate limit of the REST API: `API_Enable_Rate_Limiter_Limit_Calls_Default` calls in
 * `API_Enable_Rate_Limiter_Limit_Time_Default` ms, counted in this process. A changed limit counts anew.
 */
export function createRateLimit({ readSettings, factor = 1 }: Dependencies): RateLimit {
  let counter: CallCounter | undefined;

  return async (key) => {
    const settings = await readSettings();
    if (!settings.get('API_Enable_Rate_Limiter')) return undefined;
    const limit = positive(settings, 'API_Enable_Rate_Limiter_Limit_Calls_Default') * factor;
    const windowMs = Math.min(
      MAX_WINDOW_MS,
      positive(settings, 'API_Enable_Rate_Limiter_Limit_Time_Default'),
    );
    if (counter?.limit !== limit || counter.windowMs !== windowMs) {
      counter?.clear();
      counter = createCallCounter(limit, windowMs);
    }
    const { limited, result } = await counter.count(key.slice(0, MAX_KEY_LENGTH));
    return {
      limited,
      limit,
      remaining: Math.max(0, result.remainingPoints),
      resetAt: new Date(Date.now() + result.msBeforeNext),
      retryAfterSeconds: Math.max(1, Math.ceil(result.msBeforeNext / 1_000)),
    };
  };
}

type LimitId = 'API_Enable_Rate_Limiter_Limit_Calls_Default' | 'API_Enable_Rate_Limiter_Limit_Time_Default';

function positive({ get }: Settings, id: LimitId): number {
  return get(id) > 0 ? get(id) : SETTINGS[id].default;
}

interface CallCounter {
  readonly limit: number;
  readonly windowMs: number;
  count(key: string): Promise<{ readonly limited: boolean; readonly result: RateLimiterRes }>;
  clear(): void;
}

function createCallCounter(limit: number, windowMs: number): CallCounter {
  const limiter = new RateLimiterMemory({ points: limit, duration: windowMs / 1_000 });
  /** By age. */
  const keys = new Set<string>();

  function forgetOldest(kept: number): void {
    for (const key of keys) {
      if (keys.size <= kept) return;
      keys.delete(key);
      void limiter.delete(key);
    }
  }

  return {
    limit,
    windowMs,
    async count(key) {
      const counted = await consume(limiter, key);
      if (counted.result.isFirstInDuration) {
        keys.delete(key);
        keys.add(key);
        forgetOldest(MAX_KEYS);
      }
      return counted;
    },
    clear: () => forgetOldest(0),
  };
}

async function consume(
  limiter: RateLimiterMemory,
  key: string,
): Promise<{ limited: boolean; result: RateLimiterRes }> {
  try {
    return { limited: false, result: await limiter.consume(key) };
  } catch (rejected) {
    if (rejected instanceof Error) throw rejected;
    return { limited: true, result: rejected as RateLimiterRes };
  }
}
