import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { SETTINGS } from '../settings/definitions.js';
import type { ReadSettings } from '../settings/settings.js';

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

/**
 * Rocket.Chat's rate limit of the REST API: `API_Enable_Rate_Limiter_Limit_Calls_Default` calls in
 * `API_Enable_Rate_Limiter_Limit_Time_Default` ms, counted in this process. What has not been called for a window is forgotten.
 */
export function createRateLimit({ readSettings, factor = 1 }: Dependencies): RateLimit {
  let limiter: RateLimiterMemory | undefined;
  let limit = 0;
  let windowMs = 0;

  return async (key) => {
    const { get } = await readSettings();
    if (!get('API_Enable_Rate_Limiter')) return undefined;
    const wantedLimit = positive(get('API_Enable_Rate_Limiter_Limit_Calls_Default'), 'API_Enable_Rate_Limiter_Limit_Calls_Default') * factor;
    const wantedMs = positive(get('API_Enable_Rate_Limiter_Limit_Time_Default'), 'API_Enable_Rate_Limiter_Limit_Time_Default');
    if (!limiter || wantedLimit !== limit || wantedMs !== windowMs) {
      limit = wantedLimit;
      windowMs = wantedMs;
      limiter = new RateLimiterMemory({ points: limit, duration: windowMs / 1_000 });
    }
    const { limited, result } = await consume(limiter, key);
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

function positive(value: number, id: LimitId): number {
  return value > 0 ? value : SETTINGS[id].default;
}

async function consume(limiter: RateLimiterMemory, key: string): Promise<{ limited: boolean; result: RateLimiterRes }> {
  try {
    return { limited: false, result: await limiter.consume(key) };
  } catch (rejected) {
    if (rejected instanceof Error) throw rejected;
    return { limited: true, result: rejected as RateLimiterRes };
  }
}
