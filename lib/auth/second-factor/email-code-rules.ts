import { SETTINGS } from '../../settings/definitions.js';
import type { Settings } from '../../settings/settings.js';
import type { EmailCode } from './email-code.js';

/** Rocket.Chat reckons a code's end by the clocks of its own hosts, which may be a little ahead. */
const HOST_TOLERANCE_MS = 5 * 60_000;

type PositiveId =
  | 'Accounts_TwoFactorAuthentication_By_Email_Code_Expiration'
  | 'Accounts_TwoFactorAuthentication_Max_Invalid_Email_Code_Attempts';

function positive({ get }: Settings, id: PositiveId): number {
  return get(id) > 0 ? get(id) : SETTINGS[id].default;
}

export function toLifetimeMs(settings: Settings): number {
  return positive(settings, 'Accounts_TwoFactorAuthentication_By_Email_Code_Expiration') * 1_000;
}

/** How many wrong guesses a mailed code survives. */
export function toAttemptLimit(settings: Settings): number {
  return positive(settings, 'Accounts_TwoFactorAuthentication_Max_Invalid_Email_Code_Attempts');
}

/**
 * Whether a stored code counts. A code that expires later than any code may was stored by a host with a wrong
 * clock; it would live too long and does not count.
 */
export function isGood(stored: EmailCode | undefined, settings: Settings, now: Date): stored is EmailCode {
  if (stored === undefined || stored.attempts >= toAttemptLimit(settings)) return false;
  const leftMs = stored.expire.getTime() - now.getTime();
  return leftMs > 0 && leftMs <= toLifetimeMs(settings) + HOST_TOLERANCE_MS;
}
