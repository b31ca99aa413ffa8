import { Cron } from 'croner';

/** When something is due. */
export interface SchedulePattern {
  /** Five fields of cron. */
  readonly text: string;
  /** The newest time at or before this one; `undefined`: there was none within the memory of the pattern. */
  latest(now: Date): Date | undefined;
  /** The next time after this one; `undefined`: there is none. */
  next(now: Date): Date | undefined;
}

/** Rocket.Chat's choices, and what its older versions stored. */
const PRESETS: ReadonlyMap<string, string> = new Map([
  ['every_1_hour', '0 * * * *'],
  ['every_6_hours', '0 */6 * * *'],
  ['every_12_hours', '0 */12 * * *'],
  ['every_24_hours', '0 0 * * *'],
  ['every_48_hours', '0 0 */2 * *'],
  ['every 5 minutes', '*/5 * * * *'],
  ['every 1 hours', '0 * * * *'],
  ['every 6 hours', '0 */6 * * *'],
  ['every 12 hours', '0 */12 * * *'],
  ['every 24 hours', '0 0 * * *'],
  ['every 48 hours', '0 0 */2 * *'],
]);

/** Far more than a pattern of people needs. */
const MAX_LENGTH = 200;

/**
 * Understands a preset, or five fields of cron in a time zone. `fault` continues a sentence
 * about the setting. Summer time: a time of the missing hour is due at its end, a time
 * of the doubled hour once; what is due every hour or more often is due in both.
 */
export function parsePattern(text: string, zone: string): SchedulePattern | { readonly fault: string } {
  const written = text.trim();
  const known = PRESETS.get(written.toLowerCase());
  const pattern = known ?? written;
  if (pattern.length > MAX_LENGTH) return { fault: `is longer than ${MAX_LENGTH} characters` };
  if (known === undefined && !/^\S+(?:\s+\S+){4}$/.test(pattern))
    return { fault: `is ${JSON.stringify(pattern)}, which is neither a preset nor five fields of cron` };
  try {
    const cron = new Cron(pattern, {
      mode: '5-part',
      paused: true,
      timezone: zone,
    });
    const next = (now: Date): Date | undefined => cron.nextRun(now) ?? undefined;
    if (next(new Date()) === undefined) return { fault: `is ${JSON.stringify(pattern)}, which is never due` };
    // A time itself counts, which croner leaves out.
    const latest = (now: Date): Date | undefined => cron.previousRuns(1, new Date(now.getTime() + 1))[0];
    return { text: pattern, latest, next };
  } catch {
    return { fault: `is ${JSON.stringify(pattern)}, which is no valid pattern of cron` };
  }
}

/** Whether the runtime knows the time zone. */
export function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
