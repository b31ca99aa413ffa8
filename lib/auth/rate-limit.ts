import { SETTINGS } from '../settings/definitions.js';
import type { ReadSettings, Settings } from '../settings/settings.js';
import { toAddressGroup } from './limits/address-group.js';
import { createCallCounter, type CallCounter, type Counted } from './limits/call-counter.js';
import type { Principal } from './principal.js';
import { toTokenKey } from './token-key.js';

export interface RateLimitState {
  /** The call is one too many. */
  readonly limited: boolean;
  readonly limit: number;
  readonly remaining: number;
  readonly resetAt: Date;
  readonly retryAfterSeconds: number;
}

/** A call to be counted. */
export interface LimitedCall {
  /** What is counted together, such as an endpoint. */
  readonly scope: string;
  /** `undefined` when nobody is signed in: then only the address counts. */
  readonly principal: Principal | undefined;
  /** As the host sees it (Express' `trust proxy`). */
  readonly address: string | undefined;
}

/** Counts a call; `undefined` when the limiter is switched off. */
export type RateLimit = (call: LimitedCall) => Promise<RateLimitState | undefined>;

interface Dependencies {
  readonly readSettings: ReadSettings;
  /** Multiplies the calls that the settings allow. */
  readonly factor?: number;
}

/** A longer window would be a lock, not a limit. */
const MAX_WINDOW_MS = 2_147_483_647;
const MAX_SCOPE_LENGTH = 64;
const MAX_USER_ID_LENGTH = 128;
/**
 * An address alone, and a login at all its addresses, may make this many times the calls of a login at one
 * address.
 */
const WIDE_FACTOR = 10;

/** One thing that is counted, and up to how many calls. */
interface Count {
  readonly counter: CallCounter;
  readonly key: string;
  readonly limit: number;
}

/**
 * Rocket.Chat's rate limit of the REST API: `API_Enable_Rate_Limiter_Limit_Calls_Default` calls in
 * `API_Enable_Rate_Limiter_Limit_Time_Default` ms, counted in this process. A login (a token of a user) is
 * counted at each address. So nobody spends the calls of others behind the same proxy, and a stolen token
 * does not spend those of its user. A login may make ten times as many calls from all its addresses together,
 * and so may an address whose callers are not signed in. A changed setting starts all counts again.
 */
export function createRateLimit({ readSettings, factor = 1 }: Dependencies): RateLimit {
  let counters: ReturnType<typeof createCounters> | undefined;

  return async ({ scope, principal, address }) => {
    const settings = await readSettings();
    if (!settings.get('API_Enable_Rate_Limiter')) return undefined;
    const limit = positive(settings, 'API_Enable_Rate_Limiter_Limit_Calls_Default') * factor;
    const windowMs = Math.min(
      MAX_WINDOW_MS,
      positive(settings, 'API_Enable_Rate_Limiter_Limit_Time_Default'),
    );
    if (counters?.limit !== limit || counters.windowMs !== windowMs)
      counters = createCounters(limit, windowMs);
    const group = toAddressGroup(address);
    const short = scope.slice(0, MAX_SCOPE_LENGTH);
    const wide = limit * WIDE_FACTOR;
    if (!principal) return count({ counter: counters.addresses, key: `${short} ${group}`, limit: wide });
    const login = `${short} ${principal.userId.slice(0, MAX_USER_ID_LENGTH)} ${toTokenKey(principal)}`;
    return countBoth(
      { counter: counters.loginsAtAddresses, key: `${login} ${group}`, limit },
      { counter: counters.logins, key: login, limit: wide },
    );
  };
}

/**
 * Each kind of key has a counter of its own, so that a flood of one kind makes no other counter forget its
 * counts.
 */
function createCounters(limit: number, windowMs: number) {
  return {
    limit,
    windowMs,
    addresses: createCallCounter(windowMs),
    loginsAtAddresses: createCallCounter(windowMs),
    logins: createCallCounter(windowMs),
  };
}

/**
 * A login whose wide limit is reached adds no key, and a login that is limited at one address spends nothing
 * of the wide limit.
 */
function countBoth(narrow: Count, wide: Count): RateLimitState {
  const { count: soFar, leftMs } = wide.counter.look(wide.key);
  if (soFar >= wide.limit) return toState(wide, { count: soFar + 1, leftMs });
  const here = count(narrow);
  if (here.limited) return here;
  const everywhere = count(wide);
  return everywhere.remaining < here.remaining ? everywhere : here;
}

function count(one: Count): RateLimitState {
  return toState(one, one.counter.count(one.key));
}

function toState({ limit }: Count, { count, leftMs }: Counted): RateLimitState {
  return {
    limited: count > limit,
    limit,
    remaining: Math.max(0, limit - count),
    resetAt: new Date(Date.now() + leftMs),
    retryAfterSeconds: Math.max(1, Math.ceil(leftMs / 1_000)),
  };
}

type LimitId = 'API_Enable_Rate_Limiter_Limit_Calls_Default' | 'API_Enable_Rate_Limiter_Limit_Time_Default';

function positive({ get }: Settings, id: LimitId): number {
  return get(id) > 0 ? get(id) : SETTINGS[id].default;
}
