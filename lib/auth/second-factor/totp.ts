import speakeasy from 'speakeasy';

const STEP_SECONDS = 30;
/** Steps each way. */
export const MAX_WINDOW = 2;
const MIN_SECRET_BYTES = 16;
const CODE = /^\d{6}$/;
const BASE32 = /^[A-Z2-7]+$/;

/**
 * The time step (RFC 6238 §4.2) for which `code` is the right one, or `undefined`. SHA-1, six digits, 30 s.
 * `window` is the drift allowed each way, in steps; it is held within 0–2. A secret that is not base32 of at
 * least 16 bytes matches nothing: speakeasy would take it for another, predictable one.
 */
export function matchTotpStep(
  secret: unknown,
  code: unknown,
  { window, now }: { readonly window: number; readonly now: Date },
): number | undefined {
  const key = toBase32Secret(secret);
  if (key === undefined || typeof code !== 'string' || !CODE.test(code)) return undefined;
  const drift = Number.isInteger(window) ? Math.min(MAX_WINDOW, Math.max(0, window)) : 0;
  const step = toTotpStep(now);
  const match = speakeasy.hotp.verifyDelta({
    secret: key,
    encoding: 'base32',
    token: code,
    counter: step - drift,
    window: 2 * drift,
  });
  return match ? step - drift + match.delta : undefined;
}

export function toTotpStep(time: Date): number {
  return Math.floor(time.getTime() / 1_000 / STEP_SECONDS);
}

/** Whether a stored secret is one that codes are matched with. */
export function isUsableSecret(secret: unknown): boolean {
  return toBase32Secret(secret) !== undefined;
}

function toBase32Secret(secret: unknown): string | undefined {
  if (typeof secret !== 'string' || secret.length > 1_024) return undefined;
  const text = secret.replace(/\s/g, '').toUpperCase().replace(/=+$/, '');
  return BASE32.test(text) && Math.floor((text.length * 5) / 8) >= MIN_SECRET_BYTES ? text : undefined;
}
